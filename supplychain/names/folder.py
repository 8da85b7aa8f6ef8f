"""Where the base of the index lies on disk, and which one is current."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

MANIFEST = "current.json"


@dataclass(frozen=True)
class Manifest:
    """The current base: its folder, of which database and moment it is, and what it holds."""

    folder: str
    database: str
    snapshot: str
    version: str
    names: int
    seconds: float
    built_at: str


def home() -> Path:
    """The folder of the indexes of this database; made by the builder."""
    return Path(settings.IRIS_HOME) / "names-index" / str(connection.settings_dict["NAME"]).replace("/", "_")


def stamp() -> tuple[int, int] | None:
    """What tells one manifest from the next, by one call to the system; None while there is none."""
    try:
        seen = os.stat(home() / MANIFEST)
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_ino


def read() -> Manifest | None:
    """The manifest; None while there is none or it cannot be read."""
    try:
        return Manifest(**json.loads((home() / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(manifest: Manifest) -> None:
    """Make this base the current one, at once and for every process."""
    draft = home() / f"{MANIFEST}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(manifest), sort_keys=True), encoding="utf-8")
    os.replace(draft, home() / MANIFEST)


def this_database() -> str:
    """The server and database asked: an index of another one, or of one restored elsewhere, is never used."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system())::text || '-' || oid::text "
            "FROM pg_database WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])
