"""Who may take a case, and every reason why somebody may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from certification.decisions.models import Bar
from certification.decisions.states import BarKind
from iris.accounts.models import Membership
from iris.core import clocks

from .. import rules
from ..models import AuditFirm, Auditor, Tie
from ..rules import Reason
from ..states import OVERRIDABLE, ReasonCode, TieKind, language_table
from . import independence
from .calendar import clashes_of
from .offers import led_audits, reasons_above

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from certification.applications.models import Application

TIE_SOURCE = "Tie of an auditor"
# A tie with an agency also bars from deciding on it. Whoever audited an agency may audit it again, but not decide.
BAR_OF_TIE = {
    TieKind.CONSULTED: BarKind.ADVISED,
    TieKind.TRAINED: BarKind.TRAINED,
    TieKind.EMPLOYED: BarKind.EMPLOYED,
    TieKind.FAMILY: BarKind.CONFLICT,
}


@dataclass(frozen=True)
class Candidate:
    """An auditor and why the case cannot be theirs."""

    auditor: Auditor
    reasons: list[Reason]
    let_through: list[Reason]
    application_id: UUID

    @property
    def eligible(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


@dataclass(frozen=True)
class Days:
    """The days that are planned, and the audit whose own days are no clash."""

    first: date
    last: date
    of_audit: Any = None


def candidates_for(
    application: Application,
    *,
    as_lead: bool = True,
    firm: AuditFirm | None = None,
    days: Days | None = None,
) -> list[Candidate]:
    """Every auditor with the reasons against them, the eligible first; a bounded number of queries."""
    auditors = Auditor.objects.select_related("person", "firm__organisation")
    if firm is not None:
        auditors = auditors.filter(firm=firm)
    found = _judged(list(auditors), application, as_lead, days)
    return sorted(
        found,
        key=lambda one: (bool(one.reasons), one.auditor.firm.organisation.name, one.auditor.person.label),
    )


def ineligible_because(
    auditor: Auditor, application: Application, *, as_lead: bool = True, days: Days | None = None
) -> list[Reason]:
    """Every reason why this auditor may not take this application; empty when none stands.

    Each is a sentence with a stable code. With `days` what already lies in them counts too. A reason that two people
    let through (Override) is left out.
    """
    return _judged([auditor], application, as_lead, days)[0].reasons


def _judged(
    auditors: Sequence[Auditor], application: Application, as_lead: bool, days: Days | None
) -> list[Candidate]:
    case = case_facts(application, as_lead=as_lead)
    facts = _Facts(auditors, application, case.on, days)
    passed = independence.let_through(application)
    found = []
    for one in auditors:
        reasons = rules.ineligible_because(facts.of(one), case)
        through = passed.get(one.pk, set())
        found.append(
            Candidate(
                one,
                [reason for reason in reasons if not _passes(reason, through)],
                [reason for reason in reasons if _passes(reason, through)],
                application.pk,
            )
        )
    return found


def _passes(reason: Reason, through: set[str]) -> bool:
    return reason.code in OVERRIDABLE and reason.key in through


def case_facts(application: Application, *, as_lead: bool) -> rules.CaseFacts:
    """What the application asks of its auditors."""
    agency = application.agency
    return rules.CaseFacts(
        corridors=[(one.origin, one.destination) for one in agency.corridors.all()],
        sectors=[one.sector for one in agency.sectors.all()],
        on=clocks.today(),
        as_lead=as_lead,
        languages=language_table()[1],
        training_needed=clocks.number("auditor_trainings_needed") > 0,
        share_most=clocks.number("revenue_share_most_percent"),
    )


class _Facts:
    """What is known of many auditors about one case, read at once."""

    def __init__(
        self, auditors: Sequence[Auditor], application: Application, on: date, days: Days | None
    ) -> None:
        ids = [one.pk for one in auditors]
        people = {one.person_id for one in auditors}
        self.members = set(
            Membership.objects.filter(user_id__in=people, active=True).values_list(
                "user_id", "organisation_id"
            )
        )
        self.ties: dict[UUID, list[rules.TieFacts]] = {}
        for tie in Tie.objects.filter(auditor_id__in=ids, agency_id=application.agency_id).order_by("since"):
            self.ties.setdefault(tie.auditor_id, []).append(tie_facts(tie))
        self.on = on
        self.bars = _bars_by_person(application.agency)
        self.declared = independence.declared_until(ids, on)
        self.trained = independence.trained_until(ids, on)
        self.led = led_audits(application.agency_id)
        self.shares = independence.shares_of(application.agency_id, {one.firm_id for one in auditors})
        self.clashes = clashes_of(ids, days.first, days.last, days.of_audit) if days else {}
        self.others = reasons_above(application)
        self.most, self.months = clocks.number("rotation_audits"), clocks.number("rotation_pause_months")

    def of(self, auditor: Auditor) -> rules.AuditorFacts:
        """The facts of one of them."""
        return rules.AuditorFacts(
            approved_from=auditor.approved_from,
            approved_until=auditor.approved_until,
            firm_approved_from=auditor.firm.approved_from,
            firm_approved_until=auditor.firm.approved_until,
            lead=auditor.lead,
            member=(auditor.person_id, auditor.firm.organisation_id) in self.members,
            languages=auditor.languages,
            countries=auditor.countries,
            sectors=auditor.sectors,
            corridors=auditor.corridors,
            ties=self.ties.get(auditor.pk, []),
            bars=self.bars.get(auditor.person_id, []),
            declared_until=self.declared.get(auditor.pk),
            trained_until=self.trained.get(auditor.pk),
            paused_until=rules.rotation_pause(self.led, auditor.pk, self.most, self.months, self.on),
            share=self.shares.get(auditor.firm_id),
            clashes=self.clashes.get(auditor.pk, []),
            others=self.others.get(auditor.pk, []),
        )


def tie_facts(tie: Tie) -> rules.TieFacts:
    """A tie with the day until which it counts."""
    return rules.TieFacts(TieKind(tie.kind).label, tie.since, counts_until(tie.kind, tie.until))


def counts_until(kind: str, until: date | None) -> date | None:
    """The last day on which a tie stands in the way: work for an agency counts through the cool-off after it."""
    if until is None or kind == TieKind.FAMILY:
        return until
    return clocks.add_months(until, clocks.number("consultancy_cooloff_months"))


def _bars_by_person(agency: Agency) -> dict[UUID, list[rules.TieFacts]]:
    rows = Bar.objects.filter(agency=agency).exclude(kind=BarKind.AUDITED).exclude(source=TIE_SOURCE)
    found: dict[UUID, list[rules.TieFacts]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(
            rules.TieFacts(BarKind(row.kind).label, row.since, row.until, ReasonCode.BAR)
        )
    return found
