"""`manage.py check_repayment_sheet <file.xlsx>`: does every figure follow from the sheet's own inputs?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.repayments.selectors import differences


class Command(BaseCommand):
    """Work a calculation sheet out again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", type=Path)

    def handle(self, *args: Any, sheet: Path, **options: Any) -> None:
        """Says what differs, and fails when anything does."""
        if not sheet.is_file():
            raise CommandError(f"{sheet}: expected the calculation as .xlsx, found no such file.")
        wrong = differences(sheet.read_bytes())
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("Every figure follows from the sheet's own inputs.")
