"""Opening a case and working out its terms, until the scheme agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.repayments.models import (
    CaseSequence,
    Cohort,
    Consultation,
    LateInterest,
    PayerShare,
    Rate,
    RepaymentCase,
    reckoning_of,
)
from certification.repayments.permissions import agrees, opens
from certification.repayments.rules import WHOLE, reckon
from certification.repayments.services.telling import tell_agency, tell_scheme
from certification.repayments.services.writing import case_for, decimal, past, said
from certification.repayments.states import CaseState, PayerKind, Rule, Source
from iris.accounts.models import Organisation
from iris.accounts.states import OrganisationKind, OrganisationState
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock
from iris.core.money import is_currency
from iris.core.places import check_corridor

if TYPE_CHECKING:
    from iris.accounts.models import User

MOST_RATE = Decimal("1000000000")
MOST_PERCENT = Decimal("200")


@transaction.atomic
def open_case(
    *,
    agency_id: UUID,
    actor: User,
    title: str,
    source_label: str,
    source_id: UUID | None = None,
) -> RepaymentCase:
    """Open a case. The same source opens one case only: asked again while it runs, it gives the same one."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    if not opens(agency, actor):
        raise NotPermitted(_("A repayment is opened by the agency, its auditors or the scheme."))
    if source_label not in Source.values:
        raise BadInput(fields={"source_label": [_("Choose what the case came from.")]})
    if source_id is not None:
        running = RepaymentCase.objects.filter(
            agency=agency, source_label=source_label, source_id=source_id
        ).exclude(state=CaseState.CLOSED)
        found = running.first()
        if found is not None:
            return found
    case = RepaymentCase.objects.create(
        agency=agency,
        number=_next_number(),
        title=said(title, "title", 160),
        source_label=source_label,
        source_id=source_id,
    )
    events.record(
        case,
        act="opened",
        actor=actor,
        to_state=case.state,
        data={"number": case.number, "source": source_label},
    )
    if actor.organisation is None or actor.organisation.pk != agency.organisation_id:
        tell_agency(case, "opened")
    return case


def _next_number() -> str:
    year = clocks.today().year
    CaseSequence.objects.get_or_create(year=year)
    row = CaseSequence.objects.select_for_update().get(year=year)
    row.last += 1
    row.save()
    return f"RP-{year}-{row.last:04d}"


@transaction.atomic
def set_terms(*, case_id: UUID, actor: User, rule: str, currency: str) -> RepaymentCase:
    """The rule for workers without proof, and the currency of the payout."""
    case = case_for(case_id, actor)
    if rule not in Rule.values:
        raise BadInput(fields={"rule": [_("Choose a rule.")]})
    if not is_currency(currency):
        raise BadInput(fields={"currency": [_("Choose the currency in which workers are paid.")]})
    if case.currency and case.currency != currency and case.rates.exists():
        raise BadInput(
            fields={
                "currency": [
                    _("The rates lead to %(old)s. Remove them first, then change the currency.")
                    % {"old": case.currency}
                ]
            }
        )
    case.rule, case.currency = rule, currency
    case.save()
    events.record(case, act="terms", actor=actor, data={"rule": rule, "currency": currency})
    return case


@dataclass(frozen=True)
class CohortEntry:
    """What is typed about a cohort."""

    name: str
    origin: str
    destination: str
    employer_name: str
    joined_from: date
    joined_to: date
    recruiter: str = ""


@transaction.atomic
def save_cohort(*, case_id: UUID, actor: User, entry: CohortEntry, cohort_id: UUID | None = None) -> Cohort:
    """Add a cohort, or correct one."""
    case = case_for(case_id, actor)
    name = said(entry.name, "name", 60)
    check_corridor(entry.origin, entry.destination)
    said(entry.employer_name, "employer_name")
    if entry.joined_to < entry.joined_from:
        raise BadInput(fields={"joined_to": [_("The last day comes before the first. Correct one of them.")]})
    others = case.cohorts.exclude(pk=cohort_id) if cohort_id else case.cohorts
    if others.filter(name__iexact=name).exists():
        raise BadInput(fields={"name": [_("There is a cohort of this name already. Choose another.")]})
    row = case.cohorts.get(pk=cohort_id) if cohort_id else Cohort(case=case)
    for field, value in (asdict(entry) | {"name": name}).items():
        setattr(row, field, value)
    row.save()
    events.record(case, act="cohort", actor=actor, data={"cohort": name})
    return row


@dataclass(frozen=True)
class RateEntry:
    """What is typed about an exchange rate."""

    currency: str
    value: str
    on: date | None
    source: str


@transaction.atomic
def save_rate(*, case_id: UUID, actor: User, entry: RateEntry) -> Rate:
    """The one rate of a currency in this case, exact, with its day and source."""
    case = case_for(case_id, actor)
    if not case.currency:
        raise BadInput(_("Choose the payout currency under Terms first."))
    if not is_currency(entry.currency) or entry.currency == case.currency:
        raise BadInput(
            fields={
                "currency": [
                    _("Expected a currency other than %(payout)s, found “%(found)s”.")
                    % {"payout": case.currency, "found": entry.currency[:10]}
                ]
            }
        )
    value = decimal(entry.value, "value", 10, MOST_RATE)
    row, _made = Rate.objects.update_or_create(
        case=case,
        currency=entry.currency,
        defaults={"value": value, "on": past(entry.on, "on"), "source": said(entry.source, "source", 200)},
    )
    events.record(case, act="rate", actor=actor, data={"currency": entry.currency, "value": f"{value:f}"})
    return row


@dataclass(frozen=True)
class InterestEntry:
    """What is typed about interest for late repayment."""

    percent: str
    since: date
    until: date
    why: str


@transaction.atomic
def add_interest(*, case_id: UUID, actor: User, entry: InterestEntry) -> LateInterest:
    """Interest on every worker's amount for a time."""
    case = case_for(case_id, actor)
    percent = decimal(entry.percent, "percent", 4, MOST_PERCENT)
    if entry.until <= entry.since:
        raise BadInput(fields={"until": [_("The last day has to come after the first.")]})
    row = LateInterest.objects.create(
        case=case,
        percent=percent,
        since=entry.since,
        until=entry.until,
        basis=clocks.number("repayment_day_basis"),
        why=said(entry.why, "why", 200),
    )
    events.record(case, act="interest", actor=actor, data={"percent": f"{percent:f}", "days": row.days})
    return row


@transaction.atomic
def remove_interest(*, case_id: UUID, interest_id: UUID, actor: User) -> None:
    """Take a line of interest out again while the amounts are worked out."""
    case = case_for(case_id, actor)
    if case.late_interest.filter(pk=interest_id).delete()[0]:
        events.record(case, act="interest_removed", actor=actor)


@dataclass(frozen=True)
class ShareEntry:
    """One payer; `weight` in hundredths of a per cent."""

    kind: str
    name: str
    weight: int


@transaction.atomic
def set_shares(*, case_id: UUID, actor: User, shares: Sequence[ShareEntry]) -> list[PayerShare]:
    """Who pays which share: all of them at once, and together the whole."""
    case = case_for(case_id, actor, (CaseState.OPEN, CaseState.QUANTIFIED))
    if any(one.kind not in PayerKind.values or one.weight < 1 for one in shares):
        raise BadInput(_("Every payer is the agency, an employer or a buyer, and pays a share above zero."))
    whole = sum(one.weight for one in shares)
    if whole != WHOLE:
        raise BadInput(
            _("The shares come to %(found)s per cent; together they are 100. Correct one of them.")
            % {"found": f"{Decimal(whole) / 100:f}"}
        )
    if len({(one.kind, one.name.strip()) for one in shares}) != len(shares):
        raise BadInput(_("One payer stands there twice. Put both shares into one line."))
    case.shares.all().delete()
    rows = [
        PayerShare.objects.create(
            case=case, kind=one.kind, name=said(one.name, "name", 160), weight=one.weight
        )
        for one in shares
    ]
    data = {"shares": [[one.kind, one.weight] for one in shares]}
    events.record(case, act="shares", actor=actor, data=data)
    return rows


@transaction.atomic
def consult(*, case_id: UUID, actor: User, on: date | None, with_whom: str, how: str) -> Consultation:
    """Workers, or those who speak for them, were asked about the amounts."""
    case = case_for(case_id, actor, (CaseState.OPEN, CaseState.QUANTIFIED))
    row = Consultation.objects.create(
        case=case, on=past(on, "on"), with_whom=said(with_whom, "with_whom", 200), how=said(how, "how")
    )
    events.record(case, act="consulted", actor=actor)
    return row


@transaction.atomic
def quantify_case(*, case_id: UUID, actor: User) -> RepaymentCase:
    """Fix what every worker is owed and hand it to the scheme."""
    case = lock(RepaymentCase, case_id)
    act(case.quantify, actor=actor)
    found = reckon(reckoning_of(case))
    owed = {one.code: one.due for one in found.amounts}
    rows = list(case.workers.all())
    for row in rows:
        row.due_minor = owed[row.code]
    case.workers.model._default_manager.bulk_update(rows, ["due_minor"], batch_size=500)
    tell_scheme(case, "quantified")
    return case


@transaction.atomic
def send_back_case(*, case_id: UUID, actor: User, reason: str) -> RepaymentCase:
    """The scheme does not agree: the agency works it out anew."""
    case = lock(RepaymentCase, case_id)
    act(case.send_back, actor=actor, reason=reason, why=reason.strip())
    tell_agency(case, "sent_back", reason=reason.strip())
    return case


def verifiers(agency: Agency) -> QuerySet[Organisation]:
    """Who may be named to verify: audit firms and casework organisations that may act."""
    kinds = (OrganisationKind.AUDIT_FIRM, OrganisationKind.CASEWORKER)
    return Organisation.objects.filter(kind__in=kinds, state=OrganisationState.ACTIVE).order_by("name")


@transaction.atomic
def agree_case(*, case_id: UUID, actor: User, verifier_id: UUID | None = None) -> RepaymentCase:
    """The scheme agrees to the amounts and may name who verifies; otherwise the firm that audits the agency does."""
    case = lock(RepaymentCase, case_id)
    if agrees(case, actor) and verifier_id is not None:
        if not verifiers(case.agency).filter(pk=verifier_id).exists():
            raise BadInput(fields={"verifier": [_("Choose an audit firm or a casework organisation.")]})
        case.verifier_id = verifier_id
    act(case.agree, actor=actor)
    tell_agency(case, "agreed")
    return case
