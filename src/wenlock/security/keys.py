"""The key that signs the seals of the audit trail, and the public keys by which anybody may check them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from wenlock.base.home import Home, make_folder, replace_file

SECRET = "audit-seal"  # the name of the secret, not the secret
KEYS = "keys"


class KeyUnusable(ValueError):
    """A file is not the public half of a sealing key; the sentence names it."""


@dataclass(frozen=True)
class PublicKey:
    """The public half: it checks and cannot sign."""

    key: Ed25519PublicKey

    @property
    def key_id(self) -> str:
        """SHA-256 of the 32 bytes of the key, in hex: what is read out or printed to compare two keys."""
        return sha256(self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()

    @property
    def pem(self) -> str:
        """The key as text that any tool reads."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Say whether the signature over the message is of this key."""
        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SealingKey:
    """The private half. It never leaves the home's secrets."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.key.public_key())

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


def sealing_key(home: Home) -> SealingKey:
    """The key of this installation, made the first time; its public half is put beside the seals."""
    seed = sha256(b"wenlock audit seal\x00" + home.secret(SECRET).encode("ascii")).digest()
    key = SealingKey(Ed25519PrivateKey.from_private_bytes(seed))
    path = home.seals / KEYS / f"{key.public.key_id}.pem"
    if not path.exists():
        make_folder(path.parent, mode=0o700)
        replace_file(path, key.public.pem)
    return key


def trusted_keys(home: Home) -> Mapping[str, PublicKey]:
    """Every key this installation has sealed with, by key id: the present one, and those before it."""
    present = sealing_key(home).public
    return {present.key_id: present} | read_keys(sorted((home.seals / KEYS).glob("*.pem")))


def read_keys(paths: Iterable[Path]) -> dict[str, PublicKey]:
    """The public keys in these files, by key id. Raises KeyUnusable for any other file."""
    keys = [read_key(path.read_text("ascii", "replace"), called=str(path)) for path in paths]
    return {key.key_id: key for key in keys}


def read_key(pem: str, *, called: str) -> PublicKey:
    """The public key a text holds; `called` names it in the refusal. Raises KeyUnusable."""
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnusable(f"{called} is not a public key of the kind that seals the audit trail.")
    return PublicKey(key)
