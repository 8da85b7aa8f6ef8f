"""`manage.py load_ledger_tables`: bring the shipped words, expected costs and exchange rates into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from certification.assessments import services


class Command(BaseCommand):
    """Load what is shipped. Safe to run on every start."""

    help = (
        "Load the shipped dictionary of disguise labels, expected costs per corridor and exchange rates. "
        "What the scheme has changed or retired since is left as it is."
    )

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        """Load, and say how much came new."""
        loaded = services.load_tables()
        if verbosity:
            self.stdout.write(
                f"{loaded.words} words, {loaded.costs} expected costs, {loaded.rates} exchange rates new"
            )
