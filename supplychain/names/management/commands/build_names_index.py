"""manage.py build_names_index: a new base of the index of names, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supplychain.names import services


class Command(BaseCommand):
    """Build the base of the index of names; every process takes it up with its next search."""

    help = "Build the base of the index of names now (it is otherwise built by itself)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say that somebody else is at it."""
        try:
            made = services.build_base()
        except services.Busy as error:
            raise CommandError("Another process is building the index right now.") from error
        self.stdout.write(f"{made.names:,} names in {made.seconds} s: {made.folder} ({made.version})")
