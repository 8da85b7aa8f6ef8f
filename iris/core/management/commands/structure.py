"""`manage.py structure`: write iris/core/structure.sql from the migrations; `--prove` walks them all and compares.

It makes and drops a database of its own on the server, so it runs as a role that may (`./dev structure` does).
"""

import difflib
import hashlib
import os
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from iris.core import structure

SCRATCH = "iris_structure"


class Command(BaseCommand):
    """Make the text anew, or prove that it is what the migrations end in."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []  # no table is there to be checked yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prove", action="store_true", help="walk every migration and compare; writes nothing"
        )
        parser.add_argument("--walk", action="store_true", help="do not begin with the text that is there")
        parser.add_argument("--pg-dump", default="pg_dump", help="the program, as new as the server")

    def handle(self, *args: Any, prove: bool, walk: bool, pg_dump: str, **options: Any) -> None:
        """Write, or compare."""
        made = self._made(pg_dump, begin=not (prove or walk))
        if prove:
            self._compare(made, self._made(pg_dump, begin=True))
            return
        structure.PATH.write_text(made, encoding="utf-8")
        self.stdout.write(f"Wrote {structure.PATH.name}: {len(structure.LISTED.findall(made))} migrations.")

    def _made(self, pg_dump: str, *, begin: bool) -> str:
        """What the migrations end in, beginning with the text or with nothing.

        PostgreSQL writes some constraints otherwise once they were read back: the text is one that was read back.
        """
        with _scratch() as name:
            if begin:
                self._load()
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
            _refuse_rows()
            connection.close()
            made = structure.compose(_dumped(pg_dump, name), structure.on_disk())
        with _scratch() as name:
            structure.load(connection, structure.parsed(made))
            connection.close()
            return structure.compose(_dumped(pg_dump, name), structure.on_disk())

    def _load(self) -> None:
        try:
            structure.load(connection, structure.read())
        except structure.Unfit as why:
            self.stderr.write(f"Walking every migration, which takes minutes: {why}.")

    def _compare(self, walked: str, loaded: str) -> None:
        if walked == loaded:
            self.stdout.write(f"The text is what {len(structure.LISTED.findall(walked))} migrations end in.")
            return
        found = difflib.unified_diff(
            loaded.splitlines(), walked.splitlines(), "text", "migrations", n=2, lineterm=""
        )
        raise CommandError("\n".join(list(found)[:200]) + "\nType: ./dev structure --walk")


@contextmanager
def _scratch() -> Iterator[str]:
    """An empty database that the connection points to for a while."""
    before = connection.settings_dict["NAME"]
    name = f"{SCRATCH}_{hashlib.sha256(str(structure.PATH).encode()).hexdigest()[:8]}"
    _on_server(f'DROP DATABASE IF EXISTS "{name}"')
    _on_server(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        _on_server(f'DROP DATABASE IF EXISTS "{name}"')


def _on_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:  # the door that creation uses too
        cursor.execute(statement)


def _refuse_rows() -> None:
    """A migration that puts rows into an empty database would be lost: the text holds no rows."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations":
                continue
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                raise CommandError(
                    f"A migration puts rows into {table}; iris/core/structure.py keeps no rows."
                )


def _dumped(pg_dump: str, database: str) -> str:
    own = connection.settings_dict
    where = {"-h": own["HOST"], "-p": own["PORT"], "-U": own["USER"]}
    argv = [pg_dump, *(part for switch, value in where.items() if value for part in (switch, str(value)))]
    argv += ["--schema-only", "--no-owner", "--no-comments", database]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=False, env=_environment(own))
    except OSError as problem:
        raise CommandError(
            f"{pg_dump} cannot be run ({problem.strerror}). It comes with PostgreSQL."
        ) from None
    if done.returncode:
        raise CommandError(f"pg_dump ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def _environment(own: dict[str, Any]) -> dict[str, str]:
    return {**os.environ, **({"PGPASSWORD": own["PASSWORD"]} if own["PASSWORD"] else {})}
