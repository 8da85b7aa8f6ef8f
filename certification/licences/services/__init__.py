"""Bringing lists of registers in: by a person, by the command line, by a connector."""

from .connectors import Client, SourceDown, configured_client
from .fetching import fetch, fetch_due
from .snapshots import Change, Preview, import_snapshot, preview, record_failure

__all__ = [
    "Change",
    "Client",
    "Preview",
    "SourceDown",
    "configured_client",
    "fetch",
    "fetch_due",
    "import_snapshot",
    "preview",
    "record_failure",
]
