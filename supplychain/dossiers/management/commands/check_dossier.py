"""`manage.py check_dossier FILE.zip [--top HASH]`: every file against the manifest, and whether it was issued here."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supplychain.dossiers.rules.checking import check
from supplychain.dossiers.selectors import copy_by_top


class Command(BaseCommand):
    """Check an archive. Ends with 1 when something is wrong."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the archive")
        parser.add_argument("--top", default="", help="the top hash printed on the PDF")

    def handle(self, *args: Any, file: str, top: str = "", **options: Any) -> None:
        """Say what was found."""
        try:
            problems, found = check(file, top)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}. Give the path of an archive.") from error
        for problem in problems:
            self.stdout.write(f"WRONG: {problem}")
        if problems:
            raise CommandError(f"{len(problems)} problem(s) in {file}.")
        copy = copy_by_top(found)
        issued = (
            f"issued here as {copy.version.dossier.number} v{copy.version.number}"
            if copy
            else "not issued here"
        )
        self.stdout.write(f"All files agree with the manifest. Top hash {found}: {issued}.")
