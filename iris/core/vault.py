"""Sealed personal data: names and numbers that the rows around them must never show (R30, R93).

The keys are not the site's SECRET_KEY: whoever holds the database, the files and that key still reads no name.
IRIS_VAULT_KEYS lists keys, the newest first. The first one seals, every one opens, so a key is replaced by putting a
new one in front, sealing everything again (`Vault.reseal`), and only then taking the old one away.
"""

import base64
import functools
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 32


class VaultClosed(Exception):
    """What was sealed cannot be opened with the keys of this server, or was altered. Never says what."""


class Vault:
    """Seals and opens texts for one purpose. What one purpose sealed, another cannot open.

    Which purposes there are and who may open what is the business of the room that owns the rows.
    """

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose

    def seal(self, text: str) -> bytes:
        """The text sealed with the newest key: different bytes every time, safe to store beside anything."""
        return _ring(self.purpose, _keys()).encrypt(text.encode())

    def open(self, sealed: bytes | memoryview) -> str:
        """The text again. Raises VaultClosed when no key opens it or a byte was changed."""
        try:
            return _ring(self.purpose, _keys()).decrypt(bytes(sealed)).decode()
        except InvalidToken:
            raise VaultClosed(
                f"Something sealed for {self.purpose} cannot be opened with IRIS_VAULT_KEYS."
            ) from None

    def reseal(self, sealed: bytes | memoryview) -> bytes:
        """The same text under the newest key, without showing it. Raises VaultClosed."""
        try:
            return _ring(self.purpose, _keys()).rotate(bytes(sealed))
        except InvalidToken:
            raise VaultClosed(
                f"Something sealed for {self.purpose} cannot be opened with IRIS_VAULT_KEYS."
            ) from None

    def mark(self, text: str) -> str:
        """A keyed digest of 64 hex digits: equal texts, equal marks; without the keys nobody can guess the text.

        It is made with the oldest key, which therefore has to stay listed while marks are compared.
        """
        return hmac.new(
            _derived(f"{self.purpose}/mark", _keys()[-1]), text.encode(), hashlib.sha256
        ).hexdigest()


def _keys() -> tuple[str, ...]:
    keys = tuple(settings.IRIS_VAULT_KEYS)
    if not keys or min(len(key) for key in keys) < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"IRIS_VAULT_KEYS must list keys of {SHORTEST_KEY} characters or more; .env.example explains it."
        )
    return keys


@functools.cache
def _ring(purpose: str, keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(purpose, key))) for key in keys])


@functools.cache
def _derived(purpose: str, key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode())
