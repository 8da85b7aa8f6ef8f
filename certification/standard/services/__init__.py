"""Every act on the Standard: each locks, checks, changes and records in one transaction."""

from .issuing import issue_edition, retire_edition, turn_editions
from .loading import Change, DocumentRefused, Loaded, load_edition
from .mapping import load_mapping, sign_mappings, signed_words

__all__ = [
    "Change",
    "DocumentRefused",
    "Loaded",
    "issue_edition",
    "load_edition",
    "load_mapping",
    "retire_edition",
    "sign_mappings",
    "signed_words",
    "turn_editions",
]
