"""Minors that are still open at the next audit become majors of that audit (R36)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from certification.standard.models import Indicator
from certification.standard.selectors import indicator_successor
from iris.accounts.models import User
from iris.core import events
from iris.core.errors import NotPermitted
from iris.core.fsm import act, lock

from .. import rules, selectors
from ..models import Finding
from ..states import OPEN
from .following import follow
from .telling import tell_agency


@transaction.atomic
def carry_open_minors(*, audit_id: UUID, actor: User) -> list[Finding]:
    """Draft a major in this audit for each minor that the last one left open. Said twice it does nothing more."""
    audit = lock(Audit, audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    made = []
    for earlier in selectors.open_minors_before(audit):
        indicator = indicator_successor(earlier.indicator, audit.assessment.edition)
        if earlier.carried_to_id is None and indicator is not None:
            made.append(_carry(lock(Finding, earlier.pk), audit, indicator, actor))
    return made


def _carry(earlier: Finding, audit: Audit, indicator: Indicator, actor: User) -> Finding:
    last = Finding.objects.filter(audit=audit).aggregate(last=Max("number"))["last"] or 0
    grade = rules.terms().rule(rules.CARRIED).counts_as
    words = {"number": earlier.number, "audit": earlier.audit.number}
    made = Finding.objects.create(
        audit=audit,
        indicator=indicator,
        number=last + 1,
        grade=grade,
        on_site=rules.seen_on_site_only(grade),
        repeats=earlier,
        title=earlier.title,
        statement=_("Minor %(number)s of audit %(audit)s is still open:") % words + "\n" + earlier.statement,
        evidence=earlier.evidence,
        raised_by=actor,
    )
    events.record(
        made, act="carry", actor=actor, data={"grade": str(grade), "indicator": indicator.code, **words}
    )
    earlier.carried_to = made
    earlier.save()
    events.record(earlier, act="carried", actor=actor, data={"audit": audit.number, "number": made.number})
    follow(earlier)
    return made


def settle_carried(finding: Finding, *, actor: User) -> None:
    """Close the earlier minors that became this finding, with what closed it."""
    for earlier in Finding.objects.select_for_update(of=("self",)).filter(carried_to=finding, state__in=OPEN):
        act(
            earlier.settle,
            actor=actor,
            data={"verification": finding.verification},
            verification=finding.verification,
            note=_("Closed with finding %(number)s of audit %(audit)s.")
            % {"number": finding.number, "audit": finding.audit.number},
        )
        tell_agency(earlier, "audits/finding_closed")


def release_carried(finding: Finding, *, actor: User) -> None:
    """The later finding was taken back: the earlier minors go on by themselves."""
    for earlier in Finding.objects.select_for_update(of=("self",)).filter(carried_to=finding):
        earlier.carried_to = None
        earlier.save()
        events.record(earlier, act="released", actor=actor, data={"number": finding.number})
