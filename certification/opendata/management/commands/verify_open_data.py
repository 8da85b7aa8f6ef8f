"""Check a folder of open data against its manifest: the program that is given away, run from here."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.opendata.published import verify_register


class Command(BaseCommand):
    help = "Check every file of a downloaded day of open data, and the log among them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each thing that is wrong; fails when there is one."""
        problems = verify_register.problems_of_folder(options["folder"])
        for one in problems:
            self.stderr.write(one)
        if problems:
            raise CommandError(f"{len(problems)} things are wrong.")
        self.stdout.write(f"It holds: {options['folder']}")
