"""Audit firms, auditors, and who of them may take a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from certification.decisions.models import Bar
from certification.decisions.states import BarKind
from iris.accounts.models import Membership, Organisation, User
from iris.accounts.states import OrganisationKind, OrganisationState
from iris.core import clocks

from . import rules
from .models import AuditFirm, Auditor, Tie
from .permissions import may_read_bodies
from .states import TieKind, language_table

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


def firms_visible_to(user: User) -> QuerySet[AuditFirm]:
    """All for the scheme, their own for a firm's people, none for others."""
    firms = AuditFirm.objects.select_related("organisation")
    if may_read_bodies(user):
        return firms
    organisation = user.organisation
    if user.is_kind("audit_firm") and organisation is not None:
        return firms.filter(organisation=organisation)
    return firms.none()


def firms_list(user: User) -> QuerySet[AuditFirm]:
    """Firms with how many auditors are approved today."""
    today = clocks.today()
    at_work = Q(auditors__approved_from__lte=today) & (
        Q(auditors__approved_until__isnull=True) | Q(auditors__approved_until__gte=today)
    )
    return (
        firms_visible_to(user)
        .annotate(
            auditors_now=Count("auditors", filter=at_work, distinct=True),
            leads_now=Count("auditors", filter=at_work & Q(auditors__lead=True), distinct=True),
        )
        .order_by("organisation__name")
    )


def organisations_to_approve() -> QuerySet[Organisation]:
    """Vetted audit firms that have no approval yet."""
    return Organisation.objects.filter(
        kind=OrganisationKind.AUDIT_FIRM, state=OrganisationState.ACTIVE, audit_firm__isnull=True
    ).order_by("name")


def members_to_approve(firm: AuditFirm) -> QuerySet[User]:
    """Members of the firm who are not auditors yet."""
    members = Membership.objects.filter(organisation_id=firm.organisation_id, active=True)
    return User.objects.filter(pk__in=members.values("user_id"), auditor__isnull=True).order_by("full_name")


def auditors_of(firm: AuditFirm) -> QuerySet[Auditor]:
    """A firm's auditors with their ties."""
    return (
        Auditor.objects.filter(firm=firm)
        .select_related("person", "firm__organisation")
        .prefetch_related("ties__agency")
        .order_by("-lead", "person__full_name")
    )


def auditor_of(user: User) -> Auditor | None:
    """The auditor's record of a person, if there is one."""
    return Auditor.objects.filter(person=user).select_related("firm__organisation").first()


@dataclass(frozen=True)
class Candidate:
    """An auditor and why the case cannot be theirs."""

    auditor: Auditor
    reasons: list[str]

    @property
    def eligible(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


def candidates_for(
    application: Application, *, as_lead: bool = True, firm: AuditFirm | None = None
) -> list[Candidate]:
    """Every auditor with the reasons against them, the eligible first; a bounded number of queries."""
    auditors = Auditor.objects.select_related("person", "firm__organisation").prefetch_related(
        "ties", "person__memberships"
    )
    if firm is not None:
        auditors = auditors.filter(firm=firm)
    case = case_facts(application, as_lead=as_lead)
    bars = _bars_by_person(application.agency)
    found = [
        Candidate(
            one,
            rules.ineligible_because(_facts(one, application.agency_id, bars.get(one.person_id, [])), case),
        )
        for one in auditors
    ]
    return sorted(
        found,
        key=lambda one: (bool(one.reasons), one.auditor.firm.organisation.name, one.auditor.person.label),
    )


def ineligible_because(auditor: Auditor, application: Application, *, as_lead: bool = True) -> list[str]:
    """Every reason why this auditor may not take this application; empty when none stands."""
    case = case_facts(application, as_lead=as_lead)
    bars = _bars_by_person(application.agency).get(auditor.person_id, [])
    return rules.ineligible_because(_facts(auditor, application.agency_id, bars), case)


def case_facts(application: Application, *, as_lead: bool) -> rules.CaseFacts:
    """What the application asks of its auditors."""
    agency = application.agency
    return rules.CaseFacts(
        corridors=[(one.origin, one.destination) for one in agency.corridors.all()],
        sectors=[one.sector for one in agency.sectors.all()],
        on=clocks.today(),
        as_lead=as_lead,
        languages=language_table()[1],
    )


def _facts(auditor: Auditor, agency_id: UUID, bars: Iterable[rules.TieFacts]) -> rules.AuditorFacts:
    return rules.AuditorFacts(
        approved_from=auditor.approved_from,
        approved_until=auditor.approved_until,
        firm_approved_from=auditor.firm.approved_from,
        firm_approved_until=auditor.firm.approved_until,
        lead=auditor.lead,
        member=any(
            one.active and one.organisation_id == auditor.firm.organisation_id
            for one in auditor.person.memberships.all()
        ),
        languages=auditor.languages,
        countries=auditor.countries,
        sectors=auditor.sectors,
        corridors=auditor.corridors,
        ties=[tie_facts(tie) for tie in auditor.ties.all() if tie.agency_id == agency_id],
        bars=list(bars),
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
            rules.TieFacts(BarKind(row.kind).label, row.since, row.until)
        )
    return found
