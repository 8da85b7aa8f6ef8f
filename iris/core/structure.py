"""The structure of the database as one text: what the migrations up to some day make of an empty database.

Walking all migrations costs Django minutes (each operation renders again every model that is related to the one it
touches); loading what they end in costs a second. The text names the migrations it stands for, with a digest of each
file. `migrate` loads it into an empty database and goes on from there with the migrations that came later. Where a file
is no longer what it was, the text is not used and the migrations are walked.
"""

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

PATH = Path(__file__).with_name("structure.sql")
LISTED = re.compile(r"^-- migration (\S+) (\S+) ([0-9a-f]{16})$", re.MULTILINE)
SEAL = re.compile(r"^-- seal ([0-9a-f]{64})\n\Z", re.MULTILINE)
ROLE = "{application_role}"  # stands in the text for settings.IRIS_APP_ROLE

# What pg_dump writes beside the statements, and the rights that iris.core.guards gives after every migrate (those on
# functions stay: nobody else gives them).
NOISE = (
    r"^--\n-- (Name: |PostgreSQL database dump)[^\n]*\n--\n+",
    r"^SET default_\w+ = [^\n]*;\n",
    r"^\\unrestrict [^\n]*\n",
    r"^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) (?!.* ON FUNCTION )[^\n]*;\n",
)

Name = tuple[str, str]  # app label and name of a migration


@dataclass(frozen=True)
class Structure:
    """A text that was read: the migrations it stands for, and its statements."""

    migrations: dict[Name, str]
    statements: str


class Unfit(Exception):
    """The text cannot be used; the message says why."""


def on_disk() -> dict[Name, str]:
    """Every migration of the installed apps, with a digest of its file."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {name: _digest(type(one).__module__) for name, one in loader.disk_migrations.items()}


def _digest(module: str) -> str:
    return hashlib.sha256(Path(str(sys.modules[module].__file__)).read_bytes()).hexdigest()[:16]


def read(path: Path = PATH) -> Structure:
    """The text, if it is whole and stands for migrations as they are now; else Unfit."""
    if not path.exists():
        raise Unfit(f"there is no {path.name}")
    text = path.read_text(encoding="utf-8")
    seal = SEAL.search(text)
    if not seal or seal.group(1) != _seal(text[: seal.start()]):
        raise Unfit(f"{path.name} was changed by hand")
    found, present = parsed(text), on_disk()
    for name, digest in found.migrations.items():
        if present.get(name) != digest:
            how = "was changed" if name in present else "is gone"
            raise Unfit(f"migration {'.'.join(name)} {how} since {path.name} was made")
    return found


def parsed(text: str) -> Structure:
    """A text taken apart, whatever it stands for."""
    return Structure({(app, name): digest for app, name, digest in LISTED.findall(text)}, text)


def behind(structure: Structure) -> list[Name]:
    """Migrations that came after the text was made."""
    return sorted(on_disk().keys() - structure.migrations.keys())


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether nobody has made a table here yet."""
    return not connection.introspection.table_names()


def load(connection: BaseDatabaseWrapper, structure: Structure) -> None:
    """Make everything in an empty database, and record the migrations as applied; all or nothing."""
    recorder = MigrationRecorder(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")  # every name of the text says its schema
        cursor.execute("SET LOCAL check_function_bodies = off")
        cursor.execute("SET LOCAL client_min_messages = warning")
        cursor.execute(structure.statements.replace(ROLE, settings.IRIS_APP_ROLE))
        cursor.execute("SET LOCAL search_path TO DEFAULT")
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in structure.migrations
        )


def compose(dump: str, migrations: dict[Name, str]) -> str:
    """The text made of what `pg_dump --schema-only --no-owner --no-comments` wrote."""
    kept = dump[dump.index("CREATE EXTENSION") :]
    for noise in NOISE:
        kept = re.sub(noise, "", kept, flags=re.MULTILINE)
    kept = re.sub(
        rf"^((?:GRANT|REVOKE) .*)\b{settings.IRIS_APP_ROLE};$", rf"\1{ROLE};", kept, flags=re.MULTILINE
    )
    kept = re.sub(r"\n{2,}", "\n\n", kept).strip() + "\n"
    head = "-- Made by `./dev structure` from the migrations; not to be changed by hand (see iris/core/structure.py).\n"
    listed = "".join(
        f"-- migration {app} {name} {migrations[app, name]}\n" for app, name in sorted(migrations)
    )
    text = f"{head}{listed}\n{kept}"
    return f"{text}-- seal {_seal(text)}\n"


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
