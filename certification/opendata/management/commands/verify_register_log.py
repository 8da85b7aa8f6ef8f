"""Check the log of the register against itself, its signed heads, and the acts it was made from."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.opendata import selectors, services


class Command(BaseCommand):
    help = "Check every line of the register's log, every signed head, and that no act is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each thing that is wrong; fails when there is one."""
        problems = services.verify_log()
        for one in problems:
            self.stderr.write(one)
        if problems:
            raise CommandError(f"{len(problems)} things are wrong.")
        self.stdout.write(f"It holds: {selectors.size_of_log()} lines.")
