"""Every act on the Standard: each locks, checks, changes and records in one transaction."""

from .issuing import issue_edition, retire_edition, turn_editions
from .loading import Change, DocumentRefused, Loaded, load_edition

__all__ = [
    "Change",
    "DocumentRefused",
    "Loaded",
    "issue_edition",
    "load_edition",
    "retire_edition",
    "turn_editions",
]
