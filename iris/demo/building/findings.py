"""What becomes of findings: contained, put off, refused, overdue and escalated, repeated."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from audits.findings import selectors, services
from audits.findings.models import Finding
from audits.findings.states import AGENCY_TURN, Clock, Grade
from certification.agencies.selectors import signatory
from iris.accounts.models import User
from iris.core import clocks

if TYPE_CHECKING:
    from iris.demo.building.scheme import World

DONE = "The clinic gives nothing to workers any more; we pay it at once. Nine people were told by telephone."


def build(world: World, now: datetime) -> None:
    """One containment, one wish for more time granted and one refused; the sweep escalates what is overdue."""
    open_ones = Finding.objects.filter(state__in=AGENCY_TURN, issued_at__isnull=False, carried_to=None)
    rows = list(open_ones.select_related("audit__agency").order_by("-issued_at", "number"))
    critical = [one for one in rows if one.grade == Grade.CRITICAL]
    for finding in critical[:1]:
        _contain(finding)
    asked = [one for one in rows if one.grade != Grade.CRITICAL]
    for finding in asked[:1]:
        _more_time(world, finding, days=(10, 1, 2), grant=True)
        _more_time(world, Finding.objects.get(pk=finding.pk), days=(3, 3, 4), grant=False)
    with clocks.freeze(now):
        services.escalate_overdue()


def _speaker(finding: Finding) -> User:
    person = signatory(finding.audit.agency)
    assert person is not None
    return person


def _contain(finding: Finding) -> None:
    assert finding.issued_at is not None
    with clocks.freeze(finding.issued_at + timedelta(days=2)):
        services.record_containment(
            finding_id=finding.pk, actor=_speaker(finding), done=DONE, done_on=clocks.today()
        )


def _more_time(world: World, finding: Finding, *, days: tuple[int, int, int], grant: bool) -> None:
    """So many days more, asked and answered so many days after the finding was issued."""
    assert finding.issued_at is not None
    more, asked, answered = days
    with clocks.freeze(finding.issued_at + timedelta(days=asked)):
        clock = next((one for one in (Clock.PLAN, Clock.EVIDENCE) if one in finding.running), None)
        day = finding.running.get(clock) if clock else None
        if clock is None or day is None or selectors.refusal_to_extend(finding, clock):
            return
        wish = services.ask_extension(
            finding_id=finding.pk,
            actor=_speaker(finding),
            clock=clock,
            wanted=day + timedelta(days=more),
            reason="Our branch in the hills is cut off until the road is open again. The papers are there.",
        )
    with clocks.freeze(finding.issued_at + timedelta(days=answered)):
        services.decide_extension(
            extension_id=wish.pk,
            actor=world.deciders[0],
            grant=grant,
            reason="The road is known to be closed."
            if grant
            else "The plan can be written without these papers; name them in it.",
        )
