"""Coverage worked by hand on chains small enough to see through; and what must hold of any."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplychain.chains.selectors import Node
from supplychain.coverage import rules
from supplychain.coverage.rules import Hire, Known
from supplychain.coverage.states import Part

NP_PL = ("NP", "PL")
CERTIFIED = Known("certified", frozenset({NP_PL}))


def _node(kind: str, country: str = "", **more: object) -> Node:
    return Node(uuid4(), f"{kind} of {country}", country, kind, **more)  # type: ignore[arg-type] # test shorthand


@pytest.mark.parametrize(
    ("known", "corridor", "part"),
    [
        (CERTIFIED, NP_PL, Part.CERTIFIED),
        (Known("certified_with_conditions", frozenset({NP_PL})), NP_PL, Part.CERTIFIED),
        (CERTIFIED, ("NP", "MY"), Part.SCOPE),
        (CERTIFIED, None, Part.SCOPE),
        (Known("applicant"), NP_PL, Part.NOT_CERTIFIED),
        (Known("expired", frozenset({NP_PL})), NP_PL, Part.NOT_CERTIFIED),
        (Known("suspended", frozenset({NP_PL})), NP_PL, Part.STOPPED),
        (Known("withdrawn", frozenset({NP_PL})), NP_PL, Part.STOPPED),
        (None, NP_PL, Part.UNKNOWN),
    ],
)
def test_how_workers_count(known: Known | None, corridor: tuple[str, str] | None, part: Part) -> None:
    assert rules.part_of(known, corridor) == part


def _hire(part: Part, workers: int | None, recruiter: Node | None = None, tier: int = 1) -> Hire:
    return Hire(recruiter or _node("recruiter_origin", "NP"), tier, workers, NP_PL, part)


def test_a_share_by_hand() -> None:
    """30 certified of 30 + 47 + 20 + 3 = 100, the unknown 20 in the divisor; one link tells no number."""
    made = rules.share(
        [
            _hire(Part.CERTIFIED, 30),
            _hire(Part.NOT_CERTIFIED, 47),
            _hire(Part.UNKNOWN, 20),
            _hire(Part.STOPPED, 3),
            _hire(Part.UNKNOWN, None),
        ]
    )
    assert (made.covered, made.whole, made.percent, made.untold, made.hires) == (30, 100, "30.0", 1, 5)
    assert made.percent_of(Part.UNKNOWN) == "20.0"
    assert made.recruiters[Part.UNKNOWN] == 2


def test_a_recruiter_counts_once_and_by_the_worst() -> None:
    node = _node("recruiter_origin", "NP")
    made = rules.share([_hire(Part.CERTIFIED, 5, node), _hire(Part.SCOPE, 5, node)])
    assert (made.recruiters[Part.CERTIFIED], made.recruiters[Part.SCOPE], made.percent) == (0, 1, "50.0")


def test_nothing_to_divide_by_is_no_share() -> None:
    assert rules.share([]).percent == ""
    assert rules.share([_hire(Part.CERTIFIED, None)]).percent == ""


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (0, 7, "0.0"), (7, 7, "100.0")],
)
def test_per_cents_by_hand(part: int, whole: int, text: str) -> None:
    assert rules.percent(part, whole) == text


def test_the_ends_of_months() -> None:
    assert rules.month_ends(date(2026, 3, 15), 3) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 15),
    ]
    assert rules.month_ends(date(2024, 3, 31), 1) == [date(2024, 2, 29), date(2024, 3, 31)]


workers = st.one_of(st.none(), st.integers(0, 10_000))
some_hires = st.lists(st.tuples(st.sampled_from(list(Part)), workers), max_size=12)


@settings(max_examples=40, deadline=None)
@given(rows=some_hires, more=st.integers(1, 10_000))
def test_what_is_not_covered_never_raises_the_share(rows: list[tuple[Part, int | None]], more: int) -> None:
    hires = [_hire(part, number) for part, number in rows]
    before = rules.share(hires)
    assert sum(before.parts.values()) == before.whole
    for part in Part:
        after = rules.share([*hires, _hire(part, more)])
        was, now = before.covered * after.whole, after.covered * before.whole
        if before.whole:
            assert now >= was if part == Part.CERTIFIED else now <= was
