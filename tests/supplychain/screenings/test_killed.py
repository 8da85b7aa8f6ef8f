"""T7: a worker killed at any point of a screening leaves nothing lost and nothing double; the next one goes on.

The oracle looks for every row by itself, one after the other, in this process.
"""

import os
import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from iris import env
from iris.accounts.models import User
from iris.core import clocks
from supplychain.lookups.selectors import find
from supplychain.screenings import rules, selectors, services
from supplychain.screenings.models import RowOutcome, Screening, ScreeningRow
from supplychain.screenings.rules import merkle
from supplychain.screenings.services import checking, taking
from tests.factories import accounts, agencies
from tests.factories import screenings as made
from tests.figures import Tell
from tests.supplychain.screenings.worker import IN_EVERY_RUN, POINTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_time]
NAMES = (
    "Blue Lotus Recruitment Ltd",
    "Everest Staffing Ltd",
    "Everest Staffing Inc",
    "Kathmandu Bridge Manpower",
)
ROOT = Path(__file__).resolve().parents[3]


def _list(rows: int) -> str:
    """Names of the register, misspelt ones, invented ones, equal ones and empty ones; the same in every run."""
    dice = random.Random(7)
    lines = ["Supplier,Ctry"]
    for turn in range(rows):
        name = dice.choice(NAMES)
        kind = dice.randrange(6)
        if kind == 0:
            at = dice.randrange(len(name) - 4)
            name = name[:at] + name[at + 1 :]
        elif kind == 1:
            name = f"Granite Peak {turn} Labour"
        elif kind == 2:
            name = ""
        lines.append(f"{name},Nepal")
    return "\n".join(lines) + "\n"


def _worker(job: str, screening: Screening, point: str = "") -> int:
    """Run a worker to its end or to its death; its exit status."""
    url = env.text("DATABASE_URL").replace("/iris?", f"/{connection.settings_dict['NAME']}?")
    more = {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "iris.settings.development",
        "KILLED_FILES": str(django_settings.IRIS_FILES_ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.supplychain.screenings.worker", job, str(screening.pk), point],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()[-2_000:]
    return done.returncode


def _expected(screening: Screening, buyer: User) -> dict[int, tuple[str, str, str]]:
    """Single-threaded and without batches: what every row comes to."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    answers = {}
    for row in ScreeningRow.objects.filter(screening=screening).order_by("number"):
        if row.problem:
            answers[row.number] = ("problem", "invalid", "")
            continue
        question = (row.name, row.country)
        if question not in found:
            hit = find(*question, organisation=buyer.organisation)
            sure = hit.agency_id if str(hit.how) == "same_name" else None
            result = "not_certified" if sure else "to_resolve" if hit.similar else "not_found"
            found[question] = (result, str(hit.outcome), str(sure or ""))
        answers[row.number] = found[question]
    return answers


def _kill_and_resume(point: str, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        agencies.agency(name)
    buyer = accounts.person("employer", "sourcing_manager")
    monkeypatch.setattr(taking, "AT_ONCE", 0)
    monkeypatch.setattr(taking, "PORTION", 150)
    monkeypatch.setattr(taking, "SMALLEST_BATCH", 20)
    screening = made.upload(buyer, _list(rows))
    services.map_columns(screening_id=screening.pk, actor=buyer, mapping=screening.mapping)
    dies_at_reading = point.startswith("read")
    if dies_at_reading:
        assert _worker("read", screening, point) == -signal.SIGKILL
        assert made.fresh(screening).state == "reading"
    later = clocks.now() + checking.LEASE + timedelta(seconds=1)
    with clocks.freeze(later):
        assert services.wake_stalled() <= 1
        services.read_list(screening_id=screening.pk)
    services.start_screening(screening_id=screening.pk, actor=buyer)
    if not dies_at_reading:
        assert _worker("work", screening, point) == -signal.SIGKILL
        assert made.fresh(screening).state == "running"
    with clocks.freeze(later + checking.LEASE):
        services.work(screening_id=screening.pk)
    _check(made.fresh(screening), buyer, rows)


def _check(screening: Screening, buyer: User, rows: int) -> None:
    assert screening.state == "done"
    assert ScreeningRow.objects.filter(screening=screening).count() == rows
    got = {
        number: (result, outcome, str(agency or ""))
        for number, result, outcome, agency in RowOutcome.objects.filter(screening=screening).values_list(
            "number", "result", "outcome", "agency_id"
        )
    }
    assert RowOutcome.objects.filter(screening=screening).count() == rows, "nothing lost, nothing double"
    assert got == _expected(screening, buyer)
    assert sum(selectors.counts_by_result(screening).values()) == rows
    leaves = RowOutcome.objects.filter(screening=screening).order_by("number").values_list("leaf", flat=True)
    assert merkle.root([bytes(leaf) for leaf in leaves]).hex() == screening.rows_root
    last = ScreeningRow.objects.filter(screening=screening).order_by("-number").first()
    assert last is not None
    proof = selectors.proof_of(screening, last.number)
    assert proof is not None
    assert rules.merkle.climb(proof["record"], [(one["side"], one["hash"]) for one in proof["path"]]) == (
        screening.rows_root
    )


@pytest.mark.parametrize("point", IN_EVERY_RUN)
def test_a_killed_worker_loses_and_doubles_nothing(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _kill_and_resume(point, 350, monkeypatch)


@pytest.mark.campaign
@pytest.mark.parametrize("turn", range(int(os.environ.get("KILLED_RUNS", "1"))))
@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_every_point(
    point: str, turn: int, monkeypatch: pytest.MonkeyPatch, figures: Tell
) -> None:
    _kill_and_resume(point, 1_000, monkeypatch)
    figures("workers of a screening killed", points=1, rows=1_000, lost=0, double=0)


def test_the_lease_lets_a_screening_resume_within_a_minute() -> None:
    """A dead worker's rows are free after the lease, and the sweep that looks for them runs every few seconds."""
    from iris.core.outbox import sweeps

    _function, every = sweeps["screenings.wake_stalled"]
    assert checking.LEASE.total_seconds() + every <= 60
    assert taking.LEASE.total_seconds() + every <= 60
