"""Small texts kept so that the database alone does not reveal them: secrets of codes, words half written."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class EnvelopeBroken(ValueError):
    """The text was altered, was enclosed for another use, or under a key no longer held."""


def enclose(text: str, *, use: str) -> str:
    """The text encrypted and authenticated (AES-256-GCM), readable only by `opened` with the same `use`."""
    nonce = os.urandom(NONCE)
    closed = AESGCM(_key(settings.SECRET_KEY, use)).encrypt(nonce, text.encode(), use.encode())
    return base64.urlsafe_b64encode(nonce + closed).decode()


def opened(closed: str, *, use: str) -> str:
    """The text that was enclosed; keys in SECRET_KEY_FALLBACKS still open what they closed. Raises
    EnvelopeBroken."""
    try:
        raw = base64.urlsafe_b64decode(closed.encode())
    except ValueError as error:
        raise EnvelopeBroken(use) from error
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(secret, use)).decrypt(raw[:NONCE], raw[NONCE:], use.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise EnvelopeBroken(use)


def _key(secret: str | bytes, use: str) -> bytes:
    raw = secret.encode() if isinstance(secret, str) else secret
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"wenlock {use}".encode()).derive(raw)
