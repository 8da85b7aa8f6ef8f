"""How good an auditor's work is: witness audits, and decisions that went otherwise than the audit said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audits.bodies.models import Auditor
from audits.bodies.selectors import approved_on, overrides_for
from certification.certificates.selectors import SUBJECT
from certification.decisions.models import Decision
from certification.decisions.states import DecisionState
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core import clocks
from iris.core.errors import Text
from iris.notify.services import scheme_people

from ..models import Audit, WitnessAudit
from ..permissions import may_assign
from ..states import CASE_KINDS, LIVE, AuditState
from .offers import Panel

MOST = 50


@dataclass(frozen=True)
class Reversal:
    """A decision that did not follow the audit, or that an appeal overturned."""

    audit: Audit
    what: Text
    on: date
    followed: bool


@dataclass(frozen=True)
class Reversals:
    """How many of somebody's recommendations were decided, and those that went otherwise."""

    decided: int
    rows: list[Reversal]


def reversals_of(auditor: Auditor) -> Reversals:
    """The decided recommendations of an auditor as lead; the newest of those that went otherwise."""
    audits = {
        one.application_id: one
        for one in Audit.objects.filter(lead=auditor, state=AuditState.REPORTED, kind__in=CASE_KINDS)
        .select_related("application", "agency")
        .order_by("reported_at")
    }
    decisions = Decision.objects.filter(
        subject_label=SUBJECT, subject_id__in=audits, decided_at__isnull=False
    ).order_by("-decided_at")
    latest: dict[UUID, Decision] = {}
    rows = []
    for decision in decisions:
        latest.setdefault(decision.subject_id, decision)
        audit = audits[decision.subject_id]
        rows += _reversals(audit, decision)
    return Reversals(len(latest), rows[:MOST])


def _reversals(audit: Audit, decision: Decision) -> list[Reversal]:
    assert decision.decided_at is not None
    day = decision.decided_at.date()
    asked = (audit.application.recommendation or {}).get("outcome", "")
    granted = decision.outcome.startswith("grant")
    rows = []
    if asked and granted != (asked == "grant"):
        words = _("Recommended to refuse, granted") if granted else _("Recommended to grant, refused")
        rows.append(Reversal(audit, words, day, followed=False))
    if decision.state == DecisionState.OVERTURNED:
        rows.append(Reversal(audit, _("Overturned on appeal"), day, followed=True))
    return rows


def witness_audits(user: User) -> QuerySet[WitnessAudit]:
    """All for the scheme; one's own as witness."""
    rows = WitnessAudit.objects.select_related(
        "audit__agency", "audit__firm__organisation", "auditor__person", "witness"
    )
    return rows if user.is_kind("scheme") else rows.filter(witness=user)


def witnesses() -> list[User]:
    """Who may watch an auditor: managers and screeners of the scheme, and approved lead auditors. No decider."""
    leads = [one.person for one in approved_on(clocks.today()).filter(lead=True).select_related("person")]
    people = {one.pk: one for one in [*scheme_people((Role.SCHEME_MANAGER, Role.SCREENER)), *leads]}
    return sorted(people.values(), key=lambda one: one.label)


def audits_to_witness(auditor: Auditor) -> QuerySet[Audit]:
    """Audits at work in whose team the auditor is."""
    return (
        Audit.objects.filter(team__auditor=auditor, state__in=LIVE)
        .exclude(state__in=[AuditState.PROPOSED, AuditState.OFFERED])
        .select_related("agency")
        .order_by("stage2_from")[:MOST]
    )


def quality_panel(auditor: Auditor, user: User) -> Panel | None:
    """Witness audits and reversals on the page of an auditor, for the scheme."""
    if not user.is_kind("scheme"):
        return None
    return Panel(
        "audits/engagements/_quality.html",
        {
            "auditor": auditor,
            "witnessed": list(witness_audits(user).filter(auditor=auditor)[:MOST]),
            "reversals": reversals_of(auditor),
            "may_plan": user.has_role("scheme_manager"),
        },
    )


def override_panel(audit: Audit, user: User) -> Panel | None:
    """What two people let through about the team: for the scheme and the firm."""
    if user.is_kind("agency"):
        return None
    rows = overrides_for([place.auditor for place in audit.team.all()], audit.application)
    if not rows:
        return None
    return Panel("audits/engagements/_overrides.html", {"overrides": rows, "scheme": may_assign(audit, user)})
