"""`manage.py seed`: a believable fictional scheme with a year of history; `--scale n` makes it n times as large."""

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from certification.certificates.services import expire_due
from iris.accounts.models import User
from iris.core import clocks, events, outbox
from iris.demo.building import (
    bodies,
    buyers,
    chains,
    checks,
    credentials,
    developers,
    diligence,
    disputed,
    ended,
    family,
    fieldwork,
    findings,
    interviews,
    keeping,
    kits,
    ledgers,
    letters,
    next_edition,
    planning,
    published,
    registers,
    repayments,
    risks,
    sampling,
    scheme,
    screened,
    tables,
    training,
    watching,
)
from iris.demo.building.roads import Road
from iris.notify.services import settle_history

WORLD = Path(__file__).resolve().parents[2] / "world.yaml"


class Command(BaseCommand):
    """Fill an empty database with the demonstration."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, help="how many times the world of 46 agencies (1 to 50)"
        )

    def handle(self, *args: Any, scale: int = 1, **options: Any) -> None:
        """Everything in one transaction: a seed that fails leaves nothing behind."""
        if not settings.IRIS_DEMO:
            raise CommandError("The demonstration is for development only. Set IRIS_DEMO=1 to allow it.")
        if User.objects.exists():
            self.stdout.write(
                "There are people already: nothing to seed. `./dev seed --fresh` starts with an empty database."
            )
            return
        if not 1 <= scale <= 50:
            raise CommandError(f"--scale: expected 1 to 50, found {scale}.")
        began = time.monotonic()
        spec = yaml.safe_load(WORLD.read_text(encoding="utf-8"))
        with outbox.quiet(), transaction.atomic():
            world = self._build(spec, scale)
        events.sequence(batch=1_000_000)
        seconds = time.monotonic() - began
        self.stdout.write(f"Seeded {len(world.agencies)} agencies with their history in {seconds:.0f} s.")

    def _build(self, spec: Mapping[str, Any], scale: int) -> scheme.World:
        now = clocks.now()
        first_day = clocks.add_months(now.date(), -42)
        with clocks.freeze(_morning(first_day)):
            world = scheme.build(spec, first_day)
        rows = [_copy(row, turn) for turn in range(scale) for row in spec["agencies"]]
        for number, row in enumerate(rows):
            Road(world, row, now, number).walk()
            if number % 10 == 9:
                self.stdout.write(f"  {number + 1} of {len(rows)} agencies")
                self.stdout.flush()
        expire_due()
        events.sequence(batch=1_000_000)
        registers.build(world, now)
        buyers.build(world, now)
        checks.build(world, now)
        chains.build(world, now)
        screened.build(world, now)
        keeping.build(world, now)
        disputed.build(world, now)
        kits.build(world, now)
        planning.build(world, now)
        ledgers.build(world, now)
        family.build(world, now)
        fieldwork.build(world, now)
        training.build(world, now)
        repayments.build(world, now)
        sampling.build(world, now)
        bodies.build(world, now)
        interviews.build(world, now)
        scheme.applicants(spec)
        next_edition.build(world, now)
        letters.build(world, now)
        findings.build(world, now)
        diligence.build(world, now)
        risks.build(world, now)
        watching.build(world, now)
        credentials.build(world, now)
        tables.build(world, now)
        developers.build(world, now)
        ended.build(world, now)
        published.build(world, now)
        settle_history(before=now)
        return world


def _morning(day: Any) -> Any:
    from datetime import UTC, datetime
    from datetime import time as clock

    return datetime.combine(day, clock(8), tzinfo=UTC)


def _copy(row: Mapping[str, Any], turn: int) -> dict[str, Any]:
    """The row itself, or the like of it under another invented name."""
    if turn == 0:
        return dict(row)
    more = {key: value for key, value in row.items() if key not in {"demo", "local", "lang"}}
    return {**more, "name": f"{row['name']} {turn + 1}", "days": row["days"] + turn}
