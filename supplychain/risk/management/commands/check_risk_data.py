"""`manage.py check_risk_data [folder]`: can the dated facts behind the risk be relied on?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supplychain.risk import rules


class Command(BaseCommand):
    """Check dates, codes, values and sources of the data files."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=rules.FOLDER)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Says what is wrong, and fails when anything is."""
        wrong = rules.problems(folder)
        if wrong:
            raise CommandError("\n".join(wrong))
        rows = rules.read_facts(folder).rows
        verify, own = sum(row.verify for row in rows), sum(row.proposal for row in rows)
        self.stdout.write(
            f"{len(rows)} facts: {len(rows) - verify - own} stated by their source, {own} our own judgement, "
            f"{verify} still to verify. "
            f"Method {rules.methods()[-1].version}."
        )
