"""Who is hired through whom, worked by hand on chains small enough to see through."""

from datetime import date
from uuid import uuid4

from supplychain.chains.rules import Edge, Hire, Node, Roles, corridors_of, hires_on

DAY = date(2026, 6, 30)
ROLES = Roles(
    {"recruiter_origin", "recruiter_destination"}, {"recruiter_origin", "recruiter_destination", "sub_agent"}
)
NP_PL = ("NP", "PL")


def _node(kind: str, country: str = "", **more: object) -> Node:
    return Node(uuid4(), f"{kind} of {country}", country, kind, **more)  # type: ignore[arg-type] # test shorthand


def _edge(upper: Node, lower: Node, workers: int | None = None, since: date = date(2026, 1, 1)) -> Edge:
    return Edge(upper.id, lower.id, since, None, workers)


def _hires(nodes: list[Node], edges: list[Edge], day: date = DAY) -> list[Hire]:
    return hires_on({node.id: node for node in nodes}, edges, day, ROLES)


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


def test_a_second_shorter_way_does_not_hide_where_the_longer_one_comes_from() -> None:
    """Poland reaches the third through two others, Malta directly: whom the third recruits through serves both."""
    malta, last = _node("site", "MT"), _node("recruiter_origin", "NP")
    edges = [
        _edge(SITE, FIRST),
        _edge(FIRST, SECOND),
        _edge(SECOND, THIRD),
        _edge(malta, THIRD),
        _edge(THIRD, last),
    ]
    found = corridors_of(_hires([SITE, FIRST, SECOND, THIRD, malta, last], edges))
    assert found == {FIRST.id: None, SECOND.id: NP_PL, THIRD.id: None, last.id: None}


def test_a_sub_agent_stands_where_workers_come_from() -> None:
    """Asked of every intermediary, as the map does; one in the country of the work tells no corridor."""
    everyone = Roles(ROLES.intermediaries, ROLES.intermediaries)
    edges = [_edge(SITE, FIRST), _edge(FIRST, AGENT)]
    nodes = {node.id: node for node in (SITE, FIRST, AGENT)}
    assert corridors_of(hires_on(nodes, edges, DAY, everyone)) == {FIRST.id: None, AGENT.id: NP_PL}
