"""Let the product stand still, or run again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iris.core import clocks, events, frozen
from iris.core.models import Freeze


class Command(BaseCommand):
    help = "Stand still: everything may be read and nothing written, on every process within seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`on` with a reason, `off`, or `show`."""
        parser.add_argument("what", choices=("on", "off", "show"))
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch, and say how it stands."""
        held = Freeze.objects.filter(until__isnull=True)
        if options["what"] == "on":
            if not options["reason"].strip():
                raise CommandError("Say why: --reason='...'. It is kept.")
            if not held.exists():
                made = Freeze.objects.create(since=clocks.now(), reason=options["reason"].strip()[:300])
                events.record(made, act="froze", actor=events.SYSTEM, reason=made.reason)
        elif options["what"] == "off":
            for row in held:
                row.until = clocks.now()
                row.save()
                events.record(row, act="went_on", actor=events.SYSTEM)
        moment = frozen.look()
        self.stdout.write(f"Stands still as of {moment:%Y-%m-%d %H:%M} UTC." if moment else "Runs.")
