"""The key people keep: copied by hand, and the only one that opens."""

import io
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wenlock.backup import recovery
from wenlock.backup.faults import RestoreRefused
from wenlock.backup.recovery import RecoveryKey
from wenlock.files import envelope
from wenlock.security.keys import PublicKey


def signer() -> PublicKey:
    return PublicKey(Ed25519PrivateKey.generate().public_key())


def test_a_recovery_key_is_read_however_it_was_written_down() -> None:
    key = RecoveryKey.made(signer=signer())
    groups = key.text.split()
    assert [len(group) for group in groups] == [6] * 14
    for text in (key.text, key.text.lower(), "\n".join(groups), "".join(groups)):
        assert RecoveryKey.read(text).public == key.public


def test_a_letter_copied_wrongly_is_told_of() -> None:
    text = RecoveryKey.made(signer=signer()).text
    for place in (0, 30, len(text) - 3):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(RestoreRefused, match="copied wrongly"):
            RecoveryKey.read(text[:place] + other + text[place + 1 :])
    for other in ("", "not a key", text[:-1]):
        with pytest.raises(RestoreRefused):
            RecoveryKey.read(other)


def test_a_recovery_key_remembers_who_signs_and_nobody_else() -> None:
    ours = signer()
    key = RecoveryKey.read(RecoveryKey.made(signer=ours).text)
    assert key.signed_by(ours) and not key.signed_by(signer())


def test_what_a_run_sealed_opens_with_the_recovery_key_and_no_other() -> None:
    key, other, version = RecoveryKey.made(signer=signer()), RecoveryKey.made(signer=signer()), uuid4()
    run, sealed = recovery.for_run(key.public), io.BytesIO()
    envelope.seal(io.BytesIO(b"Mia"), sealed, version=version, keys=run.keys)
    opened = envelope.opened(io.BytesIO(sealed.getvalue()), version=version, keys=key.of_run(run.share).keys)
    assert opened.read() == b"Mia"
    with pytest.raises(envelope.KeyMissing):
        envelope.opened(io.BytesIO(sealed.getvalue()), version=version, keys=other.of_run(run.share).keys)


def test_no_two_runs_have_one_key() -> None:
    public = RecoveryKey.made(signer=signer()).public
    assert recovery.for_run(public).wrapping != recovery.for_run(public).wrapping
