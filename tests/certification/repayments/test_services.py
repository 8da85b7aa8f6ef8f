"""From open to closed: what each gate asks, what is refused and how to go on, and that names stay sealed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from certification.repayments import selectors, services
from certification.repayments.models import (
    Breach,
    CaseWorker,
    Payment,
    RepaymentCase,
    SheetDraft,
    WorkerAccess,
)
from certification.repayments.services import (
    BreachEntry,
    ConfirmationEntry,
    LineEntry,
    PaymentEntry,
    RateEntry,
    ShareEntry,
    TracingEntry,
    WorkerEntry,
)
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, DomainError, TransitionRefused
from iris.core.fsm import missing
from iris.core.models import Event
from iris.notify.models import Notice
from tests.factories import agencies, repayments

pytestmark = pytest.mark.django_db


def _told(error: DomainError) -> str:
    return " ".join(
        [str(error.message), *map(str, error.missing), *(str(t) for ts in error.fields.values() for t in ts)]
    )


def test_a_source_opens_one_case_only() -> None:
    agency, source = agencies.agency(), uuid4()
    actor = agencies.signatory(agency)
    first = services.open_case(
        agency_id=agency.pk, actor=actor, title="Fees", source_label="finding", source_id=source
    )
    again = services.open_case(
        agency_id=agency.pk, actor=actor, title="Fees", source_label="finding", source_id=source
    )
    assert first.pk == again.pk
    assert first.number == "RP-2026-0001"
    auditor = repayments.auditor(repayments.get(first))
    other = services.open_case(
        agency_id=agency.pk, actor=auditor, title="More fees", source_label="finding", source_id=uuid4()
    )
    assert other.number == "RP-2026-0002"


def test_a_currency_without_rate_is_refused_with_the_way_out() -> None:
    case = repayments.case("open", paid=())
    actor = agencies.signatory(case.agency)
    repayments.worker(case, "100000", currency="NPR")
    with pytest.raises(TransitionRefused) as refused:
        services.quantify_case(case_id=case.pk, actor=actor)
    assert "NPR has no exchange rate to USD" in _told(refused.value)
    assert "Enter the rate, its day and its source" in _told(refused.value)
    for value, day, source in (
        ("0", date(2026, 11, 1), "Bank"),
        ("0.00750000001", date(2026, 11, 1), "Bank"),
        ("seven", date(2026, 11, 1), "Bank"),
        ("0.0075", date(2027, 1, 1), "Bank"),
        ("0.0075", date(2026, 11, 1), " "),
    ):
        with pytest.raises(BadInput):
            services.save_rate(case_id=case.pk, actor=actor, entry=RateEntry("NPR", value, day, source))
    entry = RateEntry("NPR", "0.0075", date(2026, 11, 1), "Nepal Rastra Bank")
    services.save_rate(case_id=case.pk, actor=actor, entry=entry)
    services.quantify_case(case_id=case.pk, actor=actor)
    assert case.workers.get().due_minor == 75_000


def test_each_gate_names_what_is_missing() -> None:
    agency = agencies.agency()
    actor = agencies.signatory(agency)
    case = services.open_case(agency_id=agency.pk, actor=actor, title="Fees", source_label="agency")
    assert [str(one).split(".")[0] for one in missing(case.quantify)] == [
        "The rule and the currency are not chosen",
        "No worker is written down",
    ]
    case = repayments.case("open", agency)
    services.quantify_case(case_id=case.pk, actor=actor)
    case = repayments.get(case)
    left = " ".join(map(str, missing(case.agree)))
    assert "Nobody was consulted" in left
    assert "come to 0 per cent" in left
    repayments.ready(case)
    services.agree_case(case_id=case.pk, actor=repayments.manager())
    assert "no instalments" in str(missing(repayments.get(case).begin_paying)[0])
    repayments.plan(case, 2)
    services.begin_paying(case_id=case.pk, actor=actor)
    case = repayments.get(case)
    assert len(missing(case.finish_paying)) == 5
    assert "W-0001 got USD 0.00 of USD 3,000.00" in str(missing(case.finish_paying)[0])
    repayments.pay(case, proof=False, confirmed=False)
    services.finish_paying(case_id=case.pk, actor=actor)
    left = " ".join(map(str, missing(repayments.get(case).verify)))
    assert "W-0001 has a payment without bank proof" in left
    assert "0 of 5 workers have confirmed" in left
    assert "no third-party check" in left


def test_shares_make_the_whole_and_sum_to_the_cent() -> None:
    case = repayments.case("open")
    actor = agencies.signatory(case.agency)
    with pytest.raises(BadInput, match="come to 99"):
        services.set_shares(
            case_id=case.pk,
            actor=actor,
            shares=[ShareEntry("agency", "A", 5_000), ShareEntry("buyer", "B", 4_900)],
        )
    repayments.ready(case)
    total = selectors.figures_of(case).total
    assert total is not None
    assert total.minor == 300_000 + 340_000 + 410_000 + 2 * 350_000
    parts = [amount.minor for _share, amount in selectors.shares_of(case, total) if amount]
    assert sum(parts) == total.minor


def test_instalments_are_few_and_soon() -> None:
    case = repayments.case("agreed")
    actor, today = agencies.signatory(case.agency), clocks.today()
    for days in (
        [],
        [today + timedelta(days=n) for n in range(4)],
        [today - timedelta(days=1)],
        [clocks.add_months(today, 6) + timedelta(days=1)],
    ):
        with pytest.raises(BadInput):
            services.plan_instalments(case_id=case.pk, actor=actor, days=days)
    rows = services.plan_instalments(
        case_id=case.pk, actor=actor, days=[today, today + timedelta(days=30), clocks.add_months(today, 6)]
    )
    assert sum(row.amount_minor for row in rows) == sum(one.due_minor or 0 for one in case.workers.all())


def test_a_payment_is_whole_and_stands_once() -> None:
    case = repayments.case("paying")
    actor = agencies.signatory(case.agency)
    worker = case.workers.get(code="W-0004")
    with pytest.raises(BadInput) as refused:
        services.record_payment(
            worker_id=worker.pk, actor=actor, entry=PaymentEntry(1, clocks.today(), "3,499.99")
        )
    assert "Expected USD 3,500.00 for W-0004, found USD 3,499.99" in _told(refused.value)
    entry = PaymentEntry(1, clocks.today(), "3,500")
    for _turn in range(2):
        services.record_payment(worker_id=worker.pk, actor=actor, entry=entry)
    payment = Payment.objects.get()
    services.undo_payment(payment_id=payment.pk, actor=actor, reason="The bank sent it back.")
    services.record_payment(worker_id=worker.pk, actor=actor, entry=entry)
    assert Payment.objects.filter(undone_because="").count() == 1


def test_who_left_is_looked_for_then_the_money_is_held_and_never_forfeited() -> None:
    case = repayments.case("open", paid=("100",))
    actor = agencies.signatory(case.agency)
    lost = repayments.worker(case, left=True, found=False)
    repayments.walk(case, "agreed")
    repayments.plan(case)
    services.begin_paying(case_id=case.pk, actor=actor)
    start = clocks.now()

    def look(result: str = "no_answer") -> None:
        entry = TracingEntry(clocks.today(), "phone", result)
        services.trace_worker(worker_id=lost.pk, actor=actor, entry=entry)

    def hold() -> None:
        services.hold_money(worker_id=lost.pk, actor=actor, held_with="Escrow, First Bank")

    for _turn in range(2):
        look()
    with pytest.raises(BadInput, match="2 attempts; 3 over 3 months are needed"):
        hold()
    look()
    with pytest.raises(BadInput, match="has to spread over 3 months"):
        hold()
    with clocks.freeze(start + timedelta(days=93)):
        look()
        hold()
        repayments.pay(case)
        services.finish_paying(case_id=case.pk, actor=actor)
        repayments.check(case, sample=1)
        services.verify_case(case_id=case.pk, actor=repayments.auditor(case))
        services.close_case(case_id=case.pk, actor=repayments.manager())
        look("found")
        entry = PaymentEntry(1, clocks.today(), "100")
        services.record_payment(worker_id=lost.pk, actor=actor, entry=entry)
    assert lost.payments.get().amount_minor == 10_000


def test_a_breach_that_comes_out_when_asking_blocks_the_end() -> None:
    case = repayments.case("paid")
    actor, auditor = agencies.signatory(case.agency), repayments.auditor(case)
    repayments.check(case)
    worker = case.workers.get(code="W-0002")
    said = ConfirmationEntry("phone", "Union", clocks.today(), "ne", "3400", deducted=True)
    services.confirm(worker_id=worker.pk, actor=auditor, entry=said)
    with pytest.raises(TransitionRefused) as refused:
        services.verify_case(case_id=case.pk, actor=auditor)
    assert "Money taken back from wages or in cash (W-0002)" in _told(refused.value)
    breach = Breach.objects.get()
    services.answer_breach(breach_id=breach.pk, actor=actor, text="Paid back on 3 May, with an apology.")
    with pytest.raises(TransitionRefused):
        services.verify_case(case_id=case.pk, actor=auditor)
    services.settle_breach(breach_id=breach.pk, actor=auditor)
    services.verify_case(case_id=case.pk, actor=auditor)
    entry = BreachEntry("waiver", clocks.today(), "A paper was signed.", "w-0001")
    services.report_breach(case_id=case.pk, actor=auditor, entry=entry)
    with pytest.raises(TransitionRefused):
        services.close_case(case_id=case.pk, actor=repayments.manager())


def test_less_confirmed_than_paid_is_found() -> None:
    case = repayments.case("paid")
    repayments.check(case)
    worker = case.workers.get(code="W-0001")
    said = ConfirmationEntry("in_person", "Union", clocks.today(), "ne", "2900")
    services.confirm(worker_id=worker.pk, actor=repayments.auditor(case), entry=said)
    left = " ".join(map(str, missing(repayments.get(case).verify)))
    assert "W-0001 confirmed USD 2,900.00 of USD 3,000.00" in left


def test_plain_sql_cannot_verify_without_proof_or_close_with_a_breach() -> None:
    case = repayments.case("paid")
    with pytest.raises(DatabaseError, match="no third-party check"), transaction.atomic():
        _sql("state = 'verified', verified_at = now()", case)
    repayments.check(case)
    Payment.objects.filter(worker__code="W-0001").update(proof=None)
    with pytest.raises(DatabaseError, match="no bank proof"), transaction.atomic():
        _sql("state = 'verified', verified_at = now()", case)
    case = repayments.case("verified")
    entry = BreachEntry("retaliation", clocks.today(), "Somebody was dismissed.")
    services.report_breach(case_id=case.pk, actor=repayments.manager(), entry=entry)
    with pytest.raises(DatabaseError, match="not put right"), transaction.atomic():
        _sql("state = 'closed', closed_at = now()", case)


def _sql(change: str, case: RepaymentCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE certification_repayments_repaymentcase SET {change} WHERE id = %s", [case.pk])


def test_names_are_nowhere_but_sealed() -> None:
    """Canary: no event, message, draft or row shows who it is."""
    case = repayments.case("closed")
    told = " ".join(str(row) for row in Event.objects.values_list("data", "act"))
    told += " ".join(Event.objects.values_list("payload__reason", flat=True))
    told += " ".join(f"{row.subject} {row.body}" for row in Notice.objects.all())
    told += str(list(CaseWorker.objects.filter(case=case).values()))
    assert "Sealed Person" not in told
    assert "BANK-" not in told


def test_the_same_worker_twice_is_refused_by_code() -> None:
    case = repayments.case("open", paid=())
    actor = agencies.signatory(case.agency)
    entry = WorkerEntry("A", "Maya Example", "+977 1")
    services.add_worker(case_id=case.pk, actor=actor, entry=entry)
    again = WorkerEntry("a", "maya  EXAMPLE", "+9771")
    with pytest.raises(BadInput) as refused:
        services.add_worker(case_id=case.pk, actor=actor, entry=again)
    assert "This worker is W-0001 already" in _told(refused.value)


def test_a_cost_left_out_says_why() -> None:
    case = repayments.case("open", paid=("100",))
    actor, worker = agencies.signatory(case.agency), case.workers.get()
    entry = LineEntry("C6", "Sightseeing", "20", "USD", "receipt", counts=False)
    with pytest.raises(BadInput):
        services.add_line(worker_id=worker.pk, actor=actor, entry=entry)
    line = worker.lines.get()
    services.leave_line_out(line_id=line.pk, actor=actor, reason="Paid by the employer already.")
    assert not selectors.figures_of(case).ready


# -- sheets ---------------------------------------------------------------------------------------------

HEAD = "Worker,Contact,Cohort,All costs proven,Kind,Cost,Amount,Currency,Paid on,Evidence\n"


def _upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("workers.csv", text.encode(), "text/csv")


def test_a_sheet_is_told_row_by_row_and_saved_whole_or_not_at_all() -> None:
    case = repayments.case("open", paid=())
    actor = agencies.signatory(case.agency)
    bad = HEAD + (
        "Maya,+1,A,yes,F2,Fee,3000,USD,2024-03-01,receipt\n"
        "Ram,+2,A,yes,F2,Fee,many,USD,2024-03-01,receipt\n"
        "Sita,+3,Z,yes,F9,Fee,10,USD,1 March,receipt\n"
        "Hari,+4,A,perhaps,F2,Fee,10,XXQ,2024-03-01,receipt\n"
    )
    draft = services.keep_sheet(case_id=case.pk, actor=actor, upload=_upload(bad))
    problems = services.read_draft(draft, actor).problems
    assert problems[0].startswith("Row 3, Amount: expected a number")
    assert problems[1].startswith("Row 4, Cohort: Expected a cohort of this case (A), found “Z”")
    assert problems[2].startswith("Row 5, All costs proven: expected yes or no, found “perhaps”")
    assert case.workers.count() == 0
    with pytest.raises(Conflict, match="Nothing was saved"):
        services.import_sheet(draft_id=draft.pk, actor=actor)
    good = HEAD + (
        "Maya,+1,A,yes,F2,Fee,3000,USD,2024-03-01,receipt\n"
        "Maya,+1,A,yes,C1,Medical,50.50,USD,2024-03-02,Receipt\n"
        "'=Ram,+2,A,no,,,,,,\n"
    )
    for turn in range(2):
        draft = services.keep_sheet(case_id=case.pk, actor=actor, upload=_upload(good))
        assert b"Maya" not in bytes(draft.sealed)
        if turn:
            assert "in the case already" in services.read_draft(draft, actor).problems[0]
            continue
        done = services.import_sheet(draft_id=draft.pk, actor=actor)
        assert (done.workers, done.lines) == (2, 2)
        assert not SheetDraft.objects.exists()
    assert selectors.figures_of(case).by_code["W-0001"].due == 305_050
    assert case.workers.count() == 2


def test_payments_and_confirmations_come_by_code() -> None:
    case = repayments.case("paying")
    actor = agencies.signatory(case.agency)
    rows = [f"{one.code},1,2026-11-20,{(one.due_minor or 0) // 100},yes" for one in case.workers.all()]
    head = "Code,Instalment,Paid on,Amount,Own line on the payslip\n"
    with pytest.raises(BadInput) as refused:
        services.import_payments(
            case_id=case.pk, actor=actor, upload=_upload(head + rows[0] + "\nW-0099,1,2026-11-20,5,yes\n")
        )
    assert "Row 3, Code: expected a code of this case such as W-0001, found “W-0099”" in _told(refused.value)
    assert not Payment.objects.exists()
    for _turn in range(2):
        sheet = _upload(head + "\n".join(rows))
        done = services.import_payments(case_id=case.pk, actor=actor, upload=sheet, proof=repayments.paper())
        assert done == 5
    assert Payment.objects.count() == 5
    said = [
        f"{one.code},phone,Union,2026-11-21,ne,{(one.due_minor or 0) // 100},no" for one in case.workers.all()
    ]
    head = "Code,How,Taken by,Taken on,Language,Amount,Money taken back\n"
    for _turn in range(2):
        assert services.import_confirmations(
            case_id=case.pk, actor=actor, upload=_upload(head + "\n".join(said))
        )
    services.finish_paying(case_id=case.pk, actor=actor)
    assert len(missing(repayments.get(case).verify)) == 1


def test_the_list_for_the_bank_is_for_whoever_pays_and_on_record() -> None:
    case = repayments.case("paying", days=2)
    found = services.open_bank_list(
        case_id=case.pk, actor=agencies.signatory(case.agency), instalment=1, purpose="First instalment"
    )
    assert [minor for _worker, _who, minor in found] == [150_000, 170_000, 205_000, 175_000, 175_000]
    assert all(who.bank.startswith("BANK-") for _worker, who, _minor in found)
    assert (WorkerAccess.objects.get().names, WorkerAccess.objects.get().purpose) == (5, "First instalment")
    for person in (repayments.manager(), repayments.auditor(case)):
        with pytest.raises(DomainError):
            services.open_bank_list(case_id=case.pk, actor=person, instalment=1, purpose="x")


# -- the calculation ------------------------------------------------------------------------------------


def test_the_sheet_reproduces_every_figure_from_its_own_inputs() -> None:
    case = repayments.case("open", paid=("3000", "3400", "4100.33", "", ""))
    actor = agencies.signatory(case.agency)
    repayments.worker(case, "100001", currency="NPR")
    services.save_rate(
        case_id=case.pk, actor=actor, entry=RateEntry("NPR", "0.0075123", date(2026, 11, 1), "Bank")
    )
    worker = case.workers.get(code="W-0004")
    services.add_loan(
        worker_id=worker.pk,
        actor=actor,
        entry=services.LoanEntry("50000", "NPR", "36.5", date(2024, 1, 1), date(2024, 4, 10)),
    )
    services.add_interest(
        case_id=case.pk,
        actor=actor,
        entry=services.InterestEntry("7.25", date(2024, 3, 1), date(2026, 3, 1), "By agreement"),
    )
    repayments.walk(case, "paying", days=3)
    data = selectors.as_xlsx(repayments.get(case))
    assert selectors.differences(data) == []
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    total = sum(float(row[10].value) for row in book["Workers"].iter_rows(min_row=3))
    assert f"{total:.2f}" == f"{float(book['Case']['B8'].value):.2f}"
    book["Costs"]["D3"].value = "2999"
    out = io.BytesIO()
    book.save(out)
    wrong = " ".join(selectors.differences(out.getvalue()))
    assert "Workers, W-0001" in wrong
    assert "Case, total" in wrong
