"""Coverage worked by hand on chains small enough to see through; and what must hold of any."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplychain.coverage import rules
from supplychain.coverage.rules import Edge, Hire, Known, Node, Roles
from supplychain.coverage.states import Part

DAY = date(2026, 6, 30)
ROLES = Roles(
    {"recruiter_origin", "recruiter_destination"}, {"recruiter_origin", "recruiter_destination", "sub_agent"}
)
NP_PL = ("NP", "PL")
CERTIFIED = Known("certified", frozenset({NP_PL}))


def _node(kind: str, country: str = "", **more: object) -> Node:
    return Node(uuid4(), f"{kind} of {country}", country, kind, **more)  # type: ignore[arg-type] # test shorthand


def _edge(upper: Node, lower: Node, workers: int | None = None, since: date = date(2026, 1, 1)) -> Edge:
    return Edge(upper.id, lower.id, since, None, workers)


def _hires(nodes: list[Node], edges: list[Edge], day: date = DAY) -> list[Hire]:
    return rules.hires_on({node.id: node for node in nodes}, edges, day, ROLES)


SITE = _node("site", "PL")
FIRST = _node("recruiter_destination", "PL", agency_id=uuid4())
SECOND = _node("recruiter_origin", "NP", agency_id=uuid4())
AGENT = _node("sub_agent", "NP")
THIRD = _node("recruiter_origin", "NP", agency_id=uuid4())


def test_tiers_and_corridors_by_hand() -> None:
    """The site hires 100 through one in Poland, behind it 60 through one in Nepal, behind a sub-agent another one."""
    edges = [
        _edge(SITE, FIRST, 100),
        _edge(FIRST, SECOND, 60),
        _edge(SECOND, AGENT, 9),
        _edge(AGENT, THIRD, 5),
    ]
    found = _hires([SITE, FIRST, SECOND, AGENT, THIRD], edges)
    assert [(one.recruiter, one.tier, one.workers, one.corridor) for one in found] == [
        (FIRST, 1, 100, None),  # it is in Poland: from where its workers come nobody has told
        (SECOND, 2, 60, NP_PL),
        (THIRD, 4, 5, NP_PL),
    ]


def test_groups_of_workers_tell_the_corridor() -> None:
    group = _node("cohort", "", corridor=NP_PL)
    edges = [_edge(SITE, FIRST, 100), _edge(FIRST, SECOND, 60), _edge(SECOND, group, 40)]
    found = _hires([SITE, FIRST, SECOND, group], edges)
    assert {one.corridor for one in found} == {NP_PL}
    other = _node("cohort", "", corridor=("BD", "PL"))
    found = _hires([SITE, FIRST, SECOND, group, other], [*edges, _edge(FIRST, other, 5)])
    assert {one.recruiter: one.corridor for one in found} == {FIRST: None, SECOND: NP_PL}


def test_groups_that_go_elsewhere_tell_nothing_of_this_workplace() -> None:
    """One recruiter serves a plant in Poland and one in Malta; the only group told of goes to Malta."""
    malta, group = _node("site", "MT"), _node("cohort", "", corridor=("NP", "MT"))
    edges = [_edge(SITE, SECOND, 7), _edge(malta, SECOND, 5), _edge(SECOND, group, 5)]
    found = _hires([SITE, malta, SECOND, group], edges)
    assert {one.workers: one.corridor for one in found} == {7: NP_PL, 5: ("NP", "MT")}


def test_links_count_on_their_first_and_last_day() -> None:
    edge = Edge(SITE.id, SECOND.id, date(2026, 1, 1), date(2026, 6, 30), 10)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [len(_hires([SITE, SECOND], [edge], day)) for day in days] == [0, 1, 1, 0]


def test_a_circle_of_recruiters_ends() -> None:
    edges = [_edge(SITE, FIRST, 1), _edge(FIRST, SECOND, 1), _edge(SECOND, FIRST, 1)]
    assert sorted(one.tier for one in _hires([SITE, FIRST, SECOND], edges)) == [1, 2, 3]


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
