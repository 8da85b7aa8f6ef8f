"""Expected costs, the price alarm and the burden on workers, with figures worked by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import CostLine, JobOrder
from certification.assessments.rules import months_of_income, rounded_up, sum_in, tenths_up
from certification.assessments.selectors.ledger import totals_of
from certification.assessments.services import CostEntry, JobOrderEntry, RateEntry
from certification.assessments.states import Plausibility
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted
from iris.core.money import Money
from tests.factories import accounts, assessments

RATES = {"NPR": Fraction(134), "QAR": Fraction(Decimal("3.64")), "JPY": Fraction(150)}


def test_burden_of_2400_over_400_is_six_months() -> None:
    months = months_of_income([Money(240_000, "QAR")], Money(40_000, "QAR"), {})
    assert (months, tenths_up(months)) == (6, Decimal("6.0"))


def test_burden_is_never_rounded_down() -> None:
    assert tenths_up(months_of_income([Money(240_001, "QAR")], Money(40_000, "QAR"), {})) == Decimal("6.1")
    assert rounded_up(Fraction(1, 3), "NPR") == Money(1, "NPR")


def test_burden_across_currencies_is_exact() -> None:
    # 6,700 NPR = 50 USD = 182 QAR; over 1,820 QAR that is a tenth of a month, on the nose.
    months = months_of_income([Money(670_000, "NPR")], Money(182_000, "QAR"), RATES)
    assert months == Fraction(1, 10)


amounts = st.lists(st.integers(min_value=0, max_value=10**12), max_size=30)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(amounts, st.sampled_from(["NPR", "JPY", "QAR"]))
def test_sums_are_exact_whatever_the_order(minors: list[int], currency: str) -> None:
    moneys = [Money(minor, currency) for minor in minors]
    assert sum_in(moneys, currency, RATES) == sum(minors)
    there = sum_in(moneys, "USD", RATES)
    assert there == sum_in(reversed(moneys), "USD", RATES)
    back = there / 100 * RATES[currency] * (1 if currency == "JPY" else 100)
    assert back == sum(minors)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(*[st.integers(0, 10**9)] * 4).filter(any), min_size=1, max_size=10))
def test_shares_add_up_to_the_totals(rows: list[tuple[int, int, int, int]]) -> None:
    lines = [
        CostLine(
            paid_by="shared",
            currency="NPR",
            amount_minor=sum(row),
            share_employer_minor=row[0],
            share_agency_minor=row[1],
            share_worker_minor=row[2],
            share_other_minor=row[3],
        )
        for row in rows
    ]
    [total] = totals_of(lines)
    assert total.worker.minor == sum(row[2] for row in rows)
    assert total.employer_or_agency.minor + total.worker.minor + total.other.minor == sum(map(sum, rows))


@pytest.fixture
def manager(db: None) -> User:
    return accounts.person("scheme", "scheme_manager")


@pytest.fixture
def order(agency: Agency) -> JobOrder:
    return assessments.job_order(assessments.draft_assessment(agency))


def cost(manager: User, **more: Any) -> CostEntry:
    words = {
        "origin": "NP",
        "destination": "MY",
        "category": "F1",
        "name": "Service",
        "currency": "NPR",
        "low": "30,000",
        "typical": "40,000",
        "high": "50,000",
        "source": "A table of ours",
    }
    return CostEntry(**{**words, **more})


def check(order: JobOrder) -> selectors.PriceCheck:
    [row] = selectors.ledger(order.assessment)
    return row.price


def test_alarm_where_less_was_paid_than_the_lowest_sum(manager: User, order: JobOrder) -> None:
    services.add_cost(actor=manager, entry=cost(manager))
    services.add_cost(
        actor=manager,
        entry=cost(manager, category="C6", name="Ticket", low="20000", typical="25000", high="30000"),
    )
    # 30,000 + 20,000 = 50,000 needed; employer 28,000 + agency 6,500 = 34,500 paid; the worker's 9,000 do not count.
    assessments.cost_line(order, category="F1", label="Service", amount="28000")
    assessments.cost_line(order, amount="6500", paid_by="agency")
    assessments.cost_line(order, category="C6", label="Ticket", amount="9000", paid_by="worker")
    assessments.cost_line(order, category="X", label="For the officer", amount="90000")
    found = check(order)
    assert found.verdict == Plausibility.ALARM
    assert (found.paid, found.short) == (Money(3_450_000, "NPR"), Money(1_550_000, "NPR"))
    assert found.need == (Money(5_000_000, "NPR"), Money(6_500_000, "NPR"), Money(8_000_000, "NPR"))
    assessments.cost_line(order, category="C7", label="Visa", amount="15500")
    assert check(order).verdict == Plausibility.PLAUSIBLE  # exactly the lowest sum is no alarm


def test_unknown_corridor_and_missing_rate_cannot_be_said(manager: User, order: JobOrder) -> None:
    assessments.cost_line(order)
    assert check(order).verdict == Plausibility.UNKNOWN
    services.add_cost(actor=manager, entry=cost(manager, currency="MYR"))
    found = check(order)
    assert (found.verdict, "MYR" in found.why) == (Plausibility.UNKNOWN, True)
    for code, rate in (("MYR", "4.5"), ("NPR", "134")):
        entry = RateEntry(code, rate, clocks.today(), "The bank")
        services.add_rate(actor=manager, entry=entry)
    assert check(order).verdict == Plausibility.ALARM


def test_component_of_a_sector_takes_the_place_of_the_general_one(manager: User) -> None:
    services.add_cost(actor=manager, entry=cost(manager))
    services.add_cost(actor=manager, entry=cost(manager, sector="care", low="1", typical="2", high="3"))
    tables = selectors.cost_tables()
    corridor = JobOrder(origin="NP", destination="MY").corridor
    assert [row.low.minor for row in tables.components(corridor)] == [3_000_000]
    assert [row.low.minor for row in tables.components(corridor, "care")] == [100]


def test_replaced_figures_leave_checks_of_before_alone(manager: User) -> None:
    made = services.add_cost(actor=manager, entry=cost(manager))
    before = clocks.now()
    with clocks.freeze(before + dt.timedelta(days=1)):
        entry = cost(manager, low="90000", typical="90000", high="90000")
        services.replace_cost(cost_id=made.pk, actor=manager, entry=entry, reason="New tariff")
        corridor = made.corridor
        assert selectors.cost_tables().components(corridor)[0].low.minor == 9_000_000
        assert selectors.cost_tables(before).components(corridor)[0].low.minor == 3_000_000


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"typical": "1"}, "typical"),
        ({"category": "X"}, "category"),
        ({"source": " "}, "source"),
        ({"low": "?"}, "low"),
    ],
)
def test_add_cost_refuses(manager: User, more: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        services.add_cost(actor=manager, entry=cost(manager, **more))
    assert list(refusal.value.fields) == [field]


def test_tables_are_the_scheme_managers(manager: User, agency: Agency) -> None:
    with pytest.raises(NotPermitted):
        services.add_cost(actor=assessments.signatory_of(agency), entry=cost(manager))


def test_answer_price_stays_beside_the_alarm(manager: User, order: JobOrder, signatory: User) -> None:
    services.add_cost(actor=manager, entry=cost(manager))
    assessments.cost_line(order)
    key = {"assessment_id": order.assessment_id, "actor": signatory, "order_id": order.pk}
    with pytest.raises(BadInput):
        services.answer_price(**key, answer=" ")
    services.answer_price(**key, answer="The employer books the tickets itself.")
    [row] = selectors.ledger(order.assessment)
    assert (row.alarm, row.order.price_answer) == (True, "The employer books the tickets itself.")


def test_ledger_shows_the_burden_of_the_orders_own_worker(order: JobOrder, signatory: User) -> None:
    assessments.cost_line(order, amount="2400", paid_by="worker")
    [row] = selectors.ledger(order.assessment)
    assert (row.burden.months, "wage" in row.burden.why_not) == (None, True)
    entry = JobOrderEntry(order.reference, "NP", "MY", "Tellmark", 84, "NPR", wage="400", wage_currency="NPR")
    services.save_job_order(
        assessment_id=order.assessment_id, actor=signatory, entry=entry, order_id=order.pk
    )
    [row] = selectors.ledger(order.assessment)
    assert row.burden.shown == Decimal("6.0")
    assert selectors.burdens_by_corridor([row])[0][1] == [row.burden]


SHARES = {"employer": "4,000", "worker": "2,500"}


def test_shared_cost_is_worker_borne_by_its_share(order: JobOrder, signatory: User) -> None:
    line = assessments.cost_line(order, paid_by="shared", shares=SHARES)
    assert (line.worker_borne, line.needs_answer, line.conforms) == (True, True, "no")
    assert (line.worker_part, line.by_employer_or_agency) == (Money(250_000, "NPR"), Money(400_000, "NPR"))
    assert selectors.worker_borne(order.assessment) == [line]


@pytest.mark.parametrize(
    ("shares", "says"),
    [({"employer": "4000", "worker": "2000"}, "add up to"), ({"employer": "6500"}, "Only one paid")],
)
def test_shares_that_do_not_fit_are_refused(order: JobOrder, shares: dict[str, str], says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        assessments.cost_line(order, paid_by="shared", shares=shares)
    assert says in str(refusal.value.fields["share_employer"][0])


def test_answer_holds_for_the_amount_it_was_given_for(order: JobOrder, signatory: User) -> None:
    line = assessments.cost_line(order, paid_by="worker")
    settled = services.Settlement("A partner took it.", "By bank.", "agency", dt.date(2026, 12, 20))
    key: dict[str, Any] = {"assessment_id": order.assessment_id, "actor": signatory, "line_id": line.pk}
    services.answer_worker_borne(**key, settlement=settled, version=line.version)
    entry = services.CostLineEntry("C1", "Medical test", "9000", "NPR", "worker")
    again = services.save_cost_line(**key, order_id=order.pk, entry=entry, version=2)
    assert (again.settled, again.needs_answer) == (False, True)
