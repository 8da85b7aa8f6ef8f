"""The arithmetic: the example of domain.md section 5 by hand, interest and rates by hand, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.repayments import rules
from certification.repayments.rules import Ground, Line, Loan, Reckoning, Term, Worker

EXAMPLE = (300_000, 340_000, 410_000)


def _proven(code: str, minor: int, currency: str = "USD", cohort: str = "A") -> Worker:
    return Worker(code, cohort, (Line(minor, currency),), complete=True)


def _example(rule: str = "higher_of") -> Reckoning:
    known = [_proven(f"W-{place}", minor) for place, minor in enumerate(EXAMPLE, start=1)]
    return Reckoning(rule, "USD", [*known, Worker("W-4", "A"), Worker("W-5", "A")])


@pytest.mark.parametrize(
    ("rule", "each"), [("average", 350_000), ("median", 340_000), ("higher_of", 350_000)]
)
def test_the_example_of_the_domain_by_hand(rule: str, each: int) -> None:
    """3,000 + 3,400 + 4,100 = 10,500; / 3 = 3,500; the middle one is 3,400."""
    found = rules.reckon(_example(rule))
    (figure,) = found.cohorts
    assert (figure.average, figure.median, figure.n) == (350_000, 340_000, 3)
    assert [one.due for one in found.amounts] == [*EXAMPLE, each, each]
    assert found.total == 1_050_000 + 2 * each


def test_months_of_wage_by_hand() -> None:
    """SDG 10.7.1: 2,400 paid, 400 a month: 6.0 months."""
    months = rules.months_of_wage(Fraction(240_000), Fraction(40_000))
    assert months == 6
    assert rules.tenths(Fraction(6)) == "6.0"
    assert rules.tenths(Fraction(25, 4)) == "6.3"
    assert rules.months_of_wage(Fraction(1), Fraction(0)) is None


def test_a_rate_and_interest_by_hand() -> None:
    """NPR 100,000 x 0.0075 = USD 750; 10 % for 73 of 365 days = 15; a loan of NPR 50,000 at 36.5 % for 100 days =
    NPR 5,000 = USD 37.50; together 802.50."""
    one = Worker(
        "W-1",
        "A",
        (Line(10_000_000, "NPR"),),
        complete=True,
        loans=(Loan(5_000_000, "NPR", Fraction(365, 1000), 100),),
    )
    case = Reckoning("average", "USD", [one], {"NPR": Fraction(75, 10_000)}, [Term(Fraction(10, 100), 73)])
    (amount,) = rules.reckon(case).amounts
    assert (amount.base, amount.late, amount.loan, amount.due) == (75_000, 1_500, 3_750, 80_250)


def test_currencies_with_other_digits() -> None:
    """JPY has no minor digits, KWD three: 1,000 JPY at 0.002 KWD = 2.000 KWD."""
    case = Reckoning("average", "KWD", [_proven("W-1", 1_000, "JPY")], {"JPY": Fraction(2, 1000)})
    assert rules.reckon(case).amounts[0].due == 2_000


def test_rounding_is_up_and_only_at_the_end() -> None:
    """A third of a cent is a cent for the worker, and three thirds are one cent and not three."""
    known = [_proven("W-1", 100), _proven("W-2", 100), _proven("W-3", 101)]
    found = rules.reckon(Reckoning("average", "USD", [*known, Worker("W-4", "A")]))
    assert found.amounts[-1].exact == Fraction(301, 3)
    assert found.amounts[-1].due == 101


def test_partly_proven_gets_no_less_than_no_receipt_at_all() -> None:
    """One receipt of 50 does not make the whole amount 50."""
    partly = Worker("W-6", "A", (Line(5_000, "USD"),))
    rich = Worker("W-7", "A", (Line(500_000, "USD"), Line(100, "USD", "testimony")))
    base = _example()
    found = rules.reckon(replace(base, workers=[*base.workers, partly, rich]))
    assert found.cohorts[0].n == 3
    assert [one.due for one in found.amounts[-2:]] == [350_000, 500_000]


def test_without_proof_testimony_counts_then_estimates() -> None:
    told = [Worker("W-1", "A", (Line(200, "USD", "testimony"),)), Worker("W-2", "A")]
    found = rules.reckon(Reckoning("median", "USD", told))
    assert found.cohorts[0].ground == Ground.TESTIMONY
    assert [one.due for one in found.amounts] == [200, 200]
    guessed = [Worker("W-1", "A", (Line(90, "USD", "estimate"),)), Worker("W-2", "A")]
    assert rules.reckon(Reckoning("median", "USD", guessed)).cohorts[0].ground == Ground.ESTIMATE
    assert rules.cohorts_without_ground(Reckoning("median", "USD", [Worker("W-1", "B")])) == ["B"]


def test_a_currency_without_rate_is_named() -> None:
    case = Reckoning(
        "average", "USD", [_proven("W-1", 5, "NPR"), _proven("W-2", 5, "INR")], {"INR": Fraction(1)}
    )
    assert rules.currencies_without_rate(case) == ["NPR"]


def test_shares_and_instalments_by_hand() -> None:
    assert rules.share_parts(100, [3_333, 3_333, 3_334]) == [33, 33, 34]
    assert rules.share_parts(10, [5_000, 5_000]) == [5, 5]
    assert rules.share_parts(1, [5_000, 5_000]) == [1, 0]
    assert rules.instalment_parts(100, 3) == [34, 33, 33]


def test_samples_and_searches_by_hand() -> None:
    assert rules.sample_needed(40, 10, 5) == 5
    assert rules.sample_needed(101, 10, 5) == 11
    assert rules.sample_needed(3, 10, 5) == 3
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 1)]
    assert rules.held_after(days, 3, 3) == date(2026, 4, 30)
    assert rules.held_after(days[:2], 3, 3) is None


# -- what always holds ----------------------------------------------------------------------------------

MINOR = st.integers(1, 10**9)
LINES = st.lists(
    st.builds(
        Line, MINOR, st.sampled_from(["USD", "NPR"]), st.sampled_from(["proven", "testimony", "estimate"])
    ),
    min_size=0,
    max_size=3,
).map(tuple)
LOANS = st.lists(
    st.builds(Loan, MINOR, st.just("NPR"), st.fractions(0, 1, max_denominator=1_000), st.integers(0, 900)),
    max_size=1,
).map(tuple)


@st.composite
def reckonings(draw: st.DrawFn) -> Reckoning:
    """One cohort that always has something to go by."""
    rows = draw(st.lists(st.tuples(LINES, st.booleans(), LOANS), max_size=6))
    workers = [Worker(f"W-{n}", "A", lines, own, loans) for n, (lines, own, loans) in enumerate(rows)]
    first = Worker("W-first", "A", (Line(draw(MINOR), "USD"),), True)
    rate = draw(st.fractions("0.0001", 10, max_denominator=100_000))
    terms = draw(
        st.lists(st.builds(Term, st.fractions(0, 1, max_denominator=100), st.integers(0, 900)), max_size=2)
    )
    rule = draw(st.sampled_from(["average", "median", "higher_of"]))
    return Reckoning(rule, "USD", [first, *workers], {"NPR": rate}, terms)


@settings(max_examples=60, deadline=None)
@given(reckonings(), st.randoms(use_true_random=False))
def test_nobody_gets_less_and_order_does_not_matter(case: Reckoning, chance: object) -> None:
    """Due is at least proof, at least the figure without complete proof, never rounded down; totals are sums."""
    found = rules.reckon(case)
    figure = found.cohorts[0].figure
    for one in found.amounts:
        assert one.due >= one.exact >= one.base >= one.proven
        assert one.due - one.exact < 1
        assert one.own or one.base >= figure
    assert found.total == sum(one.due for one in found.amounts)
    if case.rule == "higher_of":
        assert figure >= found.cohorts[0].average
        assert figure >= found.cohorts[0].median
    mixed = list(case.workers)
    chance.shuffle(mixed)  # type: ignore[attr-defined] # a random.Random
    again = {one.code: one.due for one in rules.reckon(replace(case, workers=mixed)).amounts}
    assert again == {one.code: one.due for one in found.amounts}


@settings(max_examples=60, deadline=None)
@given(reckonings(), MINOR, st.integers(0, 6))
def test_a_further_receipt_never_lowers_the_own_proof(case: Reckoning, minor: int, place: int) -> None:
    """Nor what a worker gets who had proven everything."""
    before = rules.reckon(case).amounts
    place %= len(before)
    richer = list(case.workers)
    richer[place] = replace(richer[place], lines=(*richer[place].lines, Line(minor, "USD")))
    after = rules.reckon(replace(case, workers=richer)).amounts
    assert after[place].proven == before[place].proven + minor
    if before[place].own:
        assert after[place].due >= before[place].due


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**12), st.lists(st.integers(1, 9_999), min_size=1, max_size=5), st.integers(1, 6))
def test_parts_make_the_whole(total: int, weights: list[int], count: int) -> None:
    shares = rules.share_parts(total, weights)
    assert sum(shares) == total
    assert all(
        abs(part - Fraction(total * w, sum(weights))) < 1 for part, w in zip(shares, weights, strict=True)
    )
    parts = rules.instalment_parts(total, count)
    assert sum(parts) == total
    assert parts == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1
