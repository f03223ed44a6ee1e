"""The recovery key: what opens backups. People keep it; the machine that makes backups has its public half alone.

Each run of a backup makes a key of its own from the public half, and leaves beside the backup only its share:
with the recovery key the share gives the run's key again. Law: UK GDPR Article 32(1)(a) and (c).
"""

from __future__ import annotations

from base64 import b32decode, b32encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wenlock.backup.faults import BackupRefused, RestoreRefused
from wenlock.base.home import Home
from wenlock.files.envelope import Keys, key_id
from wenlock.security.keys import PublicKey

SETTING = "recovery_key"  # the public half, in hex, in the home's settings
PRIVATE, SIGNER, CHECK = 32, 16, 4  # bytes of the three parts of the text that people keep
GROUP = 6  # letters between spaces: what a person copies at a time
NOT_A_KEY = "This is not a recovery key, or a letter of it was copied wrongly. It is 84 letters and digits."


@dataclass(frozen=True)
class RunKey:
    """The key of one run: `share` lies beside the backup, and `wrapping` wraps the keys of its files."""

    share: bytes
    wrapping: bytes

    @property
    def keys(self) -> Keys:
        return Keys([self.wrapping])

    @property
    def id(self) -> str:
        """What the files' heads name the key by, in hex."""
        return key_id(self.wrapping).hex()


@dataclass(frozen=True)
class RecoveryKey:
    """The private half, and the beginning of the id of the key that signs the backups: what people keep."""

    private: X25519PrivateKey
    signer: bytes

    @classmethod
    def made(cls, *, signer: PublicKey) -> RecoveryKey:
        """A new key, which knows whose backups it is for."""
        return cls(X25519PrivateKey.generate(), bytes.fromhex(signer.key_id)[:SIGNER])

    @classmethod
    def read(cls, text: str) -> RecoveryKey:
        """The key from the text that was kept, however it is spaced. Raises RestoreRefused."""
        letters = "".join(text.split()).upper()
        try:
            whole = b32decode(letters + "=" * (-len(letters) % 8))
        except ValueError as error:
            raise RestoreRefused(NOT_A_KEY) from error
        kept, check = whole[:-CHECK], whole[-CHECK:]
        if len(kept) != PRIVATE + SIGNER or check != _check(kept):
            raise RestoreRefused(NOT_A_KEY)
        return cls(X25519PrivateKey.from_private_bytes(kept[:PRIVATE]), kept[PRIVATE:])

    @property
    def text(self) -> str:
        """The key as people keep it: letters and digits in groups, the last of which tell of a slip."""
        kept = self.private.private_bytes_raw() + self.signer
        letters = b32encode(kept + _check(kept)).decode("ascii").rstrip("=")
        return " ".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def signed_by(self, key: PublicKey) -> bool:
        """Say whether the key is the one that signs the backups this recovery key is for."""
        return key.key_id.startswith(self.signer.hex())

    def of_run(self, share: bytes) -> RunKey:
        """The key of a run, from the share it left."""
        shared = self.private.exchange(X25519PublicKey.from_public_bytes(share))
        return RunKey(share, _derived(shared, share=share, public=self.public))


def for_run(public: bytes) -> RunKey:
    """A new key for one run, which only the recovery key gives again."""
    ours = X25519PrivateKey.generate()
    share = ours.public_key().public_bytes_raw()
    shared = ours.exchange(X25519PublicKey.from_public_bytes(public))
    return RunKey(share, _derived(shared, share=share, public=public))


def id_of(public: bytes) -> str:
    """Sixteen hex digits that tell one recovery key from another."""
    return sha256(b"wenlock recovery key\x00" + public).hexdigest()[:16]


def public_half(home: Home) -> bytes:
    """The public half this installation seals its backups to. Raises BackupRefused if there is none yet."""
    try:
        return bytes.fromhex(home.settings()[SETTING])
    except KeyError:
        raise BackupRefused(
            "There is no recovery key yet, so nobody could open a backup. Run: wenlock backup key"
        ) from None


def _derived(shared: bytes, *, share: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"wenlock backup 1\x00" + share + public).derive(shared)


def _check(kept: bytes) -> bytes:
    return sha256(b"wenlock recovery text\x00" + kept).digest()[:CHECK]
