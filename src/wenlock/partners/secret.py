"""The secret of a key: made once, shown once, and known afterwards by its keyed digest alone."""

import hmac
import re
import secrets
from dataclasses import dataclass

from django.conf import settings

from wenlock.intake.references import new_reference

SHAPE = re.compile(r"wenlock_([A-Z0-9]{8})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Secret:
    """What a partner keeps: `text` whole. `prefix` is the part by which people and the log name the key."""

    prefix: str
    text: str

    @property
    def digest(self) -> str:
        """What is held in place of the secret."""
        return keyed("secret", self.text)


def new_secret() -> Secret:
    """A secret of 256 random bits. It begins with a word that programs which look for lost secrets can know."""
    prefix = new_reference().replace("-", "")
    return Secret(prefix, f"wenlock_{prefix}_{secrets.token_urlsafe(32)}")


def read_secret(text: str) -> Secret | None:
    """The secret a text is, or None for a text that cannot be one."""
    found = SHAPE.fullmatch(text)
    return Secret(found[1], text) if found else None


def same(one: str, other: str) -> bool:
    """Whether two digests are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def keyed(what: str, text: str) -> str:
    """The keyed digest of a text, 64 hex digits: without our key nobody can try guesses against it.

    `what` says what the text is, such as "secret": the digest of one sort of text is never that of another.
    """
    return hmac.digest(settings.PARTNERS_KEY, f"{what}\n{text}".encode(), "sha256").hex()
