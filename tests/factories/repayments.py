"""Repayment cases, walked to a state by the real services."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from certification.agencies.models import Agency, AgencyReader
from certification.repayments import services
from certification.repayments.models import CaseWorker, RepaymentCase
from certification.repayments.services import (
    CheckEntry,
    CohortEntry,
    ConfirmationEntry,
    LineEntry,
    PaymentEntry,
    ShareEntry,
    WorkerEntry,
)
from certification.repayments.states import CaseState
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.core import clocks
from iris.core.money import Money
from tests.factories import accounts, agencies, decisions, numbers
from tests.stock import stocked

_numbers = numbers()
# domain.md section 5: three workers proved what they paid, two have no receipt.
PAID = ("3000", "3400", "4100", "", "")
ROAD = tuple(CaseState)


def paper(name: str = "bank.png") -> SimpleUploadedFile:
    """A small picture of a bank document."""
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")


def firm_of(agency: Agency) -> Organisation:
    """The firm that audits the agency, with one auditor."""
    reader = AgencyReader.objects.filter(agency=agency).select_related("organisation").first()
    if reader is not None:
        return reader.organisation
    firm = accounts.organisation("audit_firm")
    accounts.person(role="lead_auditor", organisation=firm)
    AgencyReader.objects.create(agency=agency, organisation=firm)
    return firm


def auditor(case: RepaymentCase) -> User:
    """An auditor of that firm."""
    found = people_of(firm_of(case.agency), "lead_auditor").first()
    assert found is not None
    return found


def manager() -> User:
    """The scheme's manager."""
    return decisions.manager()


def get(case: RepaymentCase) -> RepaymentCase:
    """The row as it is now."""
    return RepaymentCase.objects.select_related("agency__organisation", "verifier").get(pk=case.pk)


def cohort(case: RepaymentCase, name: str = "A") -> None:
    """A cohort from Nepal to Malaysia."""
    services.save_cohort(
        case_id=case.pk,
        actor=agencies.signatory(case.agency),
        entry=CohortEntry(
            name, "NP", "MY", "Bright Gloves", date(2024, 1, 1), date(2024, 12, 31), "A sub-agent"
        ),
    )


@stocked
def worker(
    case: RepaymentCase, paid: str = "", *, cohort: str = "A", currency: str = "USD", **more: object
) -> CaseWorker:
    """A worker; with an amount all costs are proven by one receipt."""
    number = next(_numbers)
    actor = agencies.signatory(case.agency)
    facts = {"bank": f"BANK-{number}", "contact": f"+977 98 {number:06d}", "complete": bool(paid), **more}
    entry = WorkerEntry(cohort=cohort, name=f"Sealed Person {number}", **facts)  # type: ignore[arg-type]
    made = services.add_worker(case_id=case.pk, actor=actor, entry=entry)
    if paid:
        line = LineEntry("F2", "Fee to the recruiter", paid, currency, "receipt", date(2024, 3, 1))
        services.add_line(worker_id=made.pk, actor=actor, entry=line)
    return made


@stocked
def case(
    state: str = "open", agency: Agency | None = None, *, paid: tuple[str, ...] = PAID, days: int = 1
) -> RepaymentCase:
    """A case of domain.md's example in that state. It is paid in so many instalments."""
    agency = agency or agencies.agency()
    firm_of(agency)
    actor = agencies.signatory(agency)
    made = services.open_case(
        agency_id=agency.pk, actor=actor, title="Fees of the 2024 intake", source_label="finding"
    )
    services.set_terms(case_id=made.pk, actor=actor, rule="higher_of", currency="USD")
    cohort(made)
    for one in paid:
        worker(made, one)
    walk(made, state, days=days)
    return get(made)


def ready(made: RepaymentCase) -> None:
    """Shares and consultation: what the scheme asks for before it agrees."""
    actor = agencies.signatory(made.agency)
    shares = [
        ShareEntry("agency", made.agency.legal_name, 6667),
        ShareEntry("employer", "Bright Gloves", 3333),
    ]
    services.set_shares(case_id=made.pk, actor=actor, shares=shares)
    services.consult(
        case_id=made.pk,
        actor=actor,
        on=clocks.today(),
        with_whom="Workers' committee",
        how="A meeting in Nepali.",
    )


def walk(made: RepaymentCase, state: str, days: int = 1) -> None:
    """On from where it stands, by the acts of those whose move it is."""
    wanted = ROAD.index(CaseState(state))
    actor = agencies.signatory(made.agency)
    now = ROAD.index(CaseState(get(made).state))
    steps = (
        lambda: (ready(made), services.quantify_case(case_id=made.pk, actor=actor)),
        lambda: services.agree_case(case_id=made.pk, actor=manager()),
        lambda: (plan(made, days), services.begin_paying(case_id=made.pk, actor=actor)),
        lambda: (pay(made), services.finish_paying(case_id=made.pk, actor=actor)),
        lambda: (check(made), services.verify_case(case_id=made.pk, actor=auditor(made))),
        lambda: services.close_case(case_id=made.pk, actor=manager()),
    )
    for step in steps[now:wanted]:
        step()


def poised(state: str) -> RepaymentCase:
    """A case in that state with everything there that the next act asks for."""
    made = case(state)
    prepare = {"open": ready, "agreed": plan, "paying": pay, "paid": check}.get(state)
    if prepare:
        prepare(made)
    return get(made)


def plan(made: RepaymentCase, days: int = 1) -> None:
    """Instalments a month apart, the first today."""
    first = clocks.today()
    services.plan_instalments(
        case_id=made.pk,
        actor=agencies.signatory(made.agency),
        days=[first + timedelta(days=30 * place) for place in range(days)],
    )


def pay(made: RepaymentCase, *, proof: bool = True, confirmed: bool = True) -> None:
    """Every part to everybody, with bank proof and each worker's word."""
    from certification.repayments.rules import instalment_parts

    actor = agencies.signatory(made.agency)
    row = get(made)
    count = row.instalments.count()
    for one in row.workers.filter(held_on=None):
        for number, part in enumerate(instalment_parts(one.due_minor or 0, count), start=1):
            amount = str(Money(part, row.currency).amount)
            entry = PaymentEntry(number, clocks.today(), amount, own_line=True)
            services.record_payment(worker_id=one.pk, actor=actor, entry=entry)
    for number in range(1, count + 1) if proof else ():
        services.attach_proof(case_id=made.pk, actor=actor, instalment=number, upload=paper())
    if confirmed:
        confirm(made)


def confirm(made: RepaymentCase) -> None:
    """Everybody says that the whole amount came."""
    row = get(made)
    for one in row.workers.filter(held_on=None):
        entry = ConfirmationEntry(
            "phone",
            "Union officer",
            clocks.today(),
            "ne",
            str(Money(one.due_minor or 0, row.currency).amount),
        )
        services.confirm(worker_id=one.pk, actor=auditor(row), entry=entry)


def check(made: RepaymentCase, result: str = "good", sample: int = 5) -> None:
    """The auditor asks workers."""
    entry = CheckEntry("Ilse Auditor", "The firm", clocks.today(), sample, result, "As found.")
    services.record_check(case_id=made.pk, actor=auditor(get(made)), entry=entry)
