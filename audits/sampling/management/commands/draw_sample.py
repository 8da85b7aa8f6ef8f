"""`manage.py draw_sample list.csv --seed HEX`: the draw of a published list, as the product makes it."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.sampling import rules


class Command(BaseCommand):
    """Draw a sample from a list without names; verify_sample.py prints the same without the product."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", type=Path, help="the list as it was published (CSV, no names)")
        parser.add_argument("--seed", default="", help="the seed; or give --nonce")
        parser.add_argument("--nonce", default="", help="the number that was secret until the draw")
        parser.add_argument("--on", type=date.fromisoformat, help="the day whose numbers of the scheme hold")
        parser.add_argument("--rule", default="", help="another rule, as floor,share,cap: 10,10,100")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the draw."""
        data = options["list"].read_bytes() if options["list"].is_file() else b""
        try:
            units = rules.read_csv(data.decode())
        except (ValueError, TypeError) as error:
            raise CommandError(f"{options['list']}: {error}") from error
        list_hash = hashlib.sha256(data).hexdigest()
        seed = options["seed"] or (options["nonce"] and rules.seed_from(options["nonce"], list_hash))
        if not seed:
            raise CommandError("Give --seed or --nonce.")
        rule = self._rule(options["rule"]) if options["rule"] else rules.rule_in_force(options["on"])
        self.stdout.write(rules.draw_text(rules.draw(units, seed, rule), list_hash, seed), ending="")

    def _rule(self, text: str) -> rules.SampleRule:
        parts = text.split(",")
        if len(parts) != 3 or not all(part.strip().isdigit() for part in parts) or int(parts[1]) < 1:
            raise CommandError(f"--rule: expected three numbers such as 10,10,100, found {text}.")
        return rules.SampleRule(*(int(part) for part in parts))
