"""`manage.py migrate`: Django's own, which begins in an empty database with iris/core/structure.sql."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from iris.core import structure

PARTIAL = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    """Load the structure where nothing is yet, then apply the migrations that came after it."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--walk", action="store_true", help="apply every migration, one after the other")

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Begin with the text where that is possible."""
        connection = connections[options["database"]]
        whole = not options.pop("walk", False) and not any(options.get(name) for name in PARTIAL)
        if whole and structure.is_empty(connection):
            self._load(connection, options["verbosity"])
        return super().handle(*args, **options)

    def _load(self, connection: Any, verbosity: int) -> None:
        try:
            found = structure.read()
        except structure.Unfit as why:
            self.stderr.write(f"Every migration is applied one after the other, which takes minutes: {why}.")
            return
        structure.load(connection, found)
        if verbosity:
            self.stdout.write(f"Loaded what {len(found.migrations)} migrations end in.")
