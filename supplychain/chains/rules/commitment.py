"""Keeping a name and proving it later: SHA-256 over a random salt and the name, told now; salt and name, told later."""

import hashlib
import hmac
import unicodedata


def written(name: str) -> str:
    """The one way a name is written down for its commitment: Unicode NFC, words divided by one space."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def commit(name: str, salt: str) -> str:
    """The commitment to a name: SHA-256 of the salt, a line feed and the name, as 64 hex digits."""
    return hashlib.sha256(f"{salt}\n{written(name)}".encode()).hexdigest()


def proves(commitment: str, name: str, salt: str) -> bool:
    """Whether this name was committed to."""
    return hmac.compare_digest(commitment, commit(name, salt))
