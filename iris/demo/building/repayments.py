"""Three repayments: one that is being paid, one with the scheme, one that is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from certification.agencies.models import Agency
from certification.agencies.selectors import signatory
from certification.repayments import services
from certification.repayments.models import RepaymentCase
from certification.repayments.services import (
    CheckEntry,
    CohortEntry,
    ConfirmationEntry,
    InterestEntry,
    LineEntry,
    LoanEntry,
    PaymentEntry,
    RateEntry,
    ShareEntry,
    TracingEntry,
    WorkerEntry,
)
from iris.accounts.models import User
from iris.accounts.selectors import acting_memberships, people_of
from iris.core import clocks
from iris.core.money import Money

if TYPE_CHECKING:
    from iris.demo.building.scheme import World

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@dataclass(frozen=True)
class Story:
    """One case: whose, what about, in which currencies, what each worker paid ("" without proof)."""

    agency: str
    title: str
    source: str
    currency: str
    paid_in: str
    rate: str
    employer: str
    road: tuple[str, str]
    paid: Sequence[str]
    days_ago: int


STORIES = (
    Story(
        "Kalimaru Overseas Services Pvt. Ltd.",
        "Fees paid to sub-agents, 2024 intake",
        "finding",
        "MYR",
        "NPR",
        "0.0334",
        "Bukit Perak Gloves Sdn. Bhd.",
        ("NP", "MY"),
        ("85000", "92000", "110000", "", "", "78500", ""),
        150,
    ),
    Story(
        "Sagarpani Manpower Agency",
        "Medical tests paid by workers",
        "grievance",
        "QAR",
        "NPR",
        "0.0273",
        "Al Noor Towers W.L.L.",
        ("NP", "QA"),
        ("6500", "6500", "7200", ""),
        20,
    ),
    Story(
        "Luntian Horizons Manpower Corp.",
        "Placement fees of farm workers",
        "agency",
        "JPY",
        "PHP",
        "2.61",
        "Hoshino Orchards K.K.",
        ("PH", "JP"),
        ("42000", "38000", "45500"),
        200,
    ),
)


def build(world: World, now: datetime) -> None:
    """The three cases, each as far as it has come."""
    paying, asked, closed = STORIES
    case = _written(world, paying, now)
    _quantified(world, case, paying, now)
    _paying(case, now)
    case = _written(world, asked, now)
    _quantified(world, case, asked, now, agreed=False)
    case = _written(world, closed, now)
    _quantified(world, case, closed, now)
    _closed(world, case, now)


def _actor(agency: Agency) -> User:
    user = signatory(agency)
    assert user is not None
    user.acting = acting_memberships(user).get(organisation=agency.organisation)
    return user


def _auditor(agency: Agency) -> User:
    reader = agency.readers.filter(organisation__kind="audit_firm").select_related("organisation").first()
    assert reader is not None
    user = people_of(reader.organisation, "lead_auditor").order_by("created_at").first()
    assert user is not None
    user.acting = acting_memberships(user).get(organisation=reader.organisation)
    return user


def _written(world: World, story: Story, now: datetime) -> RepaymentCase:
    agency = world.agencies[story.agency]
    actor, began = _actor(agency), now - timedelta(days=story.days_ago)
    with clocks.freeze(began):
        case = services.open_case(
            agency_id=agency.pk, actor=actor, title=story.title, source_label=story.source
        )
        services.set_terms(case_id=case.pk, actor=actor, rule="higher_of", currency=story.currency)
        day = began.date() - timedelta(days=3)
        rate = RateEntry(story.paid_in, story.rate, day, "Central bank, reference rate of the day")
        services.save_rate(case_id=case.pk, actor=actor, entry=rate)
        cohort = CohortEntry(
            "2024", *story.road, story.employer, date(2024, 1, 1), date(2024, 12, 31), "Three sub-agents"
        )
        services.save_cohort(case_id=case.pk, actor=actor, entry=cohort)
        for number, paid in enumerate(story.paid):
            _worker(world, case, actor, story, number, paid)
    return case


def _worker(world: World, case: RepaymentCase, actor: User, story: Story, number: int, paid: str) -> None:
    left = number == len(story.paid) - 1 and len(story.paid) > 4
    entry = WorkerEntry(
        cohort="2024",
        name=world.a_name(number * 31 + len(story.title)),
        contact=f"+00 555 01{number:02d}",
        bank=f"DEMO-{case.number[-4:]}-{number:04d}",
        left=left,
        found=not left,
        complete=bool(paid),
        wage="1500" if story.currency == "MYR" else "",
        wage_currency=story.currency,
    )
    made = services.add_worker(case_id=case.pk, actor=actor, entry=entry)
    if paid:
        grade = ("receipt", "bank_record", "written_statement")[number % 3]
        line = LineEntry("F2", "Fee to the recruiter", paid, story.paid_in, grade, date(2024, 2, 10))
        services.add_line(worker_id=made.pk, actor=actor, entry=line)
    else:
        line = LineEntry("F2", "Fee to the recruiter", "80000", story.paid_in, "testimony")
        services.add_line(worker_id=made.pk, actor=actor, entry=line)
    if number == 1 and story.currency == "MYR":
        loan = LoanEntry("60000", story.paid_in, "24", date(2024, 2, 1), date(2025, 2, 1))
        services.add_loan(worker_id=made.pk, actor=actor, entry=loan)


def _quantified(
    world: World, case: RepaymentCase, story: Story, now: datetime, *, agreed: bool = True
) -> None:
    agency = world.agencies[story.agency]
    actor, manager = _actor(agency), world.staff["scheme_manager"]
    with clocks.freeze(now - timedelta(days=story.days_ago - 10)):
        late = InterestEntry("6", date(2024, 3, 1), date(2025, 3, 1), "Agreed with the workers")
        services.add_interest(case_id=case.pk, actor=actor, entry=late)
        shares = [
            ShareEntry("agency", agency.legal_name, 6_000),
            ShareEntry("employer", story.employer, 4_000),
        ]
        services.set_shares(case_id=case.pk, actor=actor, shares=shares)
        services.consult(
            case_id=case.pk,
            actor=actor,
            on=clocks.today(),
            with_whom="Workers' committee and a union officer",
            how="Two meetings in the hostel, in the workers' language, without anybody of the employer.",
        )
        services.quantify_case(case_id=case.pk, actor=actor)
    if agreed:
        with clocks.freeze(now - timedelta(days=story.days_ago - 14)):
            services.agree_case(case_id=case.pk, actor=manager)
            count = 2 if len(story.paid) > 4 else 1
            days = [clocks.today() + timedelta(days=20 + 120 * turn) for turn in range(count)]
            services.plan_instalments(case_id=case.pk, actor=actor, days=days)
            services.begin_paying(case_id=case.pk, actor=actor)


def _pay(case: RepaymentCase, number: int) -> None:
    actor = _actor(case.agency)
    count = case.instalments.count()
    for one in case.workers.filter(found=True):
        each, more = divmod(one.due_minor or 0, count)
        part = Money(each + (number <= more), case.currency)
        entry = PaymentEntry(number, clocks.today(), str(part.amount), own_line=True)
        services.record_payment(worker_id=one.pk, actor=actor, entry=entry)
    services.attach_proof(
        case_id=case.pk,
        actor=actor,
        instalment=number,
        upload=SimpleUploadedFile(f"bank-{number}.png", PICTURE, "image/png"),
    )


def _paying(made: RepaymentCase, now: datetime) -> None:
    """The first instalment is paid; one worker is looked for; one says that money was taken back."""
    case = _again(made)
    actor = _actor(case.agency)
    with clocks.freeze(now - timedelta(days=110)):
        _pay(case, 1)
    lost = case.workers.get(found=False)
    for days, how in ((105, "phone"), (60, "family")):
        with clocks.freeze(now - timedelta(days=days)):
            entry = TracingEntry(clocks.today(), how, "no_answer")
            services.trace_worker(worker_id=lost.pk, actor=actor, entry=entry)
    with clocks.freeze(now - timedelta(days=5)):
        for place, one in enumerate(case.workers.filter(found=True)[:3]):
            got = one.payments.get().amount_minor
            said = ConfirmationEntry(
                "phone",
                "Union officer",
                clocks.today(),
                "ne",
                str(Money(got, case.currency).amount),
                deducted=place == 2,
            )
            services.confirm(worker_id=one.pk, actor=_auditor(case.agency), entry=said)


def _closed(world: World, made: RepaymentCase, now: datetime) -> None:
    case = _again(made)
    actor, auditor = _actor(case.agency), _auditor(case.agency)
    with clocks.freeze(now - timedelta(days=160)):
        _pay(case, 1)
        for one in case.workers.all():
            amount = str(Money(one.due_minor or 0, case.currency).amount)
            said = ConfirmationEntry("in_person", "Parish office", clocks.today(), "fil", amount)
            services.confirm(worker_id=one.pk, actor=auditor, entry=said)
        services.finish_paying(case_id=case.pk, actor=actor)
    with clocks.freeze(now - timedelta(days=150)):
        check = CheckEntry(
            auditor.full_name,
            "Audit firm",
            clocks.today(),
            3,
            "good",
            "Three calls, none through the agency.",
        )
        services.record_check(case_id=case.pk, actor=auditor, entry=check)
        services.verify_case(case_id=case.pk, actor=auditor)
        services.close_case(case_id=case.pk, actor=world.staff["scheme_manager"])


def _again(case: RepaymentCase) -> RepaymentCase:
    return RepaymentCase.objects.select_related("agency__organisation").get(pk=case.pk)
