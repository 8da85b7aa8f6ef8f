"""Every finding with its way down, on chains small enough to see through."""

from datetime import date

import pytest

from supplychain.chains import selectors
from supplychain.chains.states import FindingCode
from tests.factories import agencies, certificates, chains

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def buyer():  # type: ignore[no-untyped-def]
    return chains.buyer()


def _found(buyer, code: FindingCode, on: date | None = None):  # type: ignore[no-untyped-def]
    return [
        ([party.name for party in one.path], one.why)
        for one in selectors.findings_of(buyer, on)
        if one.code == code
    ]


def _certified(name: str, state: str = "active"):  # type: ignore[no-untyped-def]
    return certificates.certificate(state, agency=agencies.agency(name)).agency


def test_a_recruiter_nobody_matched_is_uncertified_with_the_way_down(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    employer = chains.party(buyer, "employer", "Mill Staff", "PL")
    recruiter = chains.party(buyer, "recruiter_origin", "Red Kite", "NP")
    chains.line(buyer, site, employer, recruiter)
    assert _found(buyer, FindingCode.UNCERTIFIED, DAY) == [
        (["Plant One", "Mill Staff", "Red Kite"], "Nobody has matched it with an agency of the register.")
    ]
    assert _found(buyer, FindingCode.UNLICENSED, DAY) == []  # of an unknown one nothing is claimed


def test_what_the_register_says_is_read_anew_each_time(buyer) -> None:  # type: ignore[no-untyped-def]
    agency = _certified("Sagar Overseas")
    site = chains.party(buyer, "site", "Plant One", "PL")
    chains.line(buyer, site, chains.party(buyer, "recruiter_origin", "Sagar", "NP", agency=agency))
    assert selectors.findings_on(buyer).total() == 0
    certificates.suspend(agency.certificates.get())
    [(path, why)] = _found(buyer, FindingCode.SUSPENDED)
    assert path == ["Plant One", "Sagar"]
    assert why.startswith("The register says: Suspended, since ")


def test_an_agency_without_a_licence_in_force_is_unlicensed(buyer) -> None:  # type: ignore[no-untyped-def]
    agency = agencies.agency("Bare Agency")
    agency.licences.update(valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    site = chains.party(buyer, "site", "Plant One", "PL")
    chains.line(buyer, site, chains.party(buyer, "recruiter_origin", "Bare", "NP", agency=agency))
    assert [path for path, _why in _found(buyer, FindingCode.UNLICENSED)] == [["Plant One", "Bare"]]


def test_unknown_hops_are_parties_without_a_name_gaps_and_loose_ends(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    loose = chains.party(buyer, "site", "Plant Two", "PL")
    nobody = chains.party(buyer, "recruiter_origin", "", "NP")
    workers = chains.party(buyer, "cohort", "Line B", "PL", workers=30)
    top = chains.party(buyer, "buyer", "Shop", "NL")
    chains.line(buyer, top, site, nobody)
    chains.link(buyer, site, workers)
    chains.link(buyer, top, loose)
    found = _found(buyer, FindingCode.UNKNOWN_HOP, DAY)
    assert found == [
        (["Shop", "Plant Two"], "Nothing is known below it: who recruits its workers has not been told."),
        (
            ["Shop", "Plant One", "Line B"],
            "It stands directly under Plant One: the recruiter between them has not been told.",
        ),
        (["Shop", "Plant One", "Unknown recruiter 1"], "Somebody stands here, and nobody has told you who."),
    ]


def test_four_intermediaries_are_one_too_many_on_the_longest_way(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    middle = [chains.party(buyer, "recruiter_origin", f"R{n}", "NP") for n in range(1, 4)]
    agent = chains.party(buyer, "sub_agent", "Agent", "NP")
    workers = chains.party(buyer, "cohort", "Line B", "PL", workers=30)
    chains.line(buyer, site, *middle, workers)
    assert _found(buyer, FindingCode.TOO_MANY, DAY) == []
    chains.line(buyer, middle[2], agent, workers)  # a longer way beside the short one
    assert _found(buyer, FindingCode.TOO_MANY, DAY) == [
        (
            ["Plant One", "R1", "R2", "R3", "Agent", "Line B"],
            "4 recruiters and sub-agents one after another; the scheme's number is at most 3.",
        )
    ]


def test_a_circle_is_found_once_and_entered_from_the_top(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    one, two, three = (chains.party(buyer, "recruiter_origin", name, "NP") for name in ("A", "B", "C"))
    chains.line(buyer, site, one, two, three, one)
    assert _found(buyer, FindingCode.CYCLE, DAY) == [
        (["Plant One", "A", "B", "C", "A"], "3 parties stand below each other in a circle.")
    ]


def test_a_party_shared_with_a_withdrawn_recruiter(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    gone = chains.party(
        buyer,
        "recruiter_origin",
        "Gone",
        "NP",
        agency=_certified("Gone Overseas", "withdrawn"),
        address="4 Mill Rd.",
    )
    good = chains.party(buyer, "recruiter_origin", "Good", "NP", agency=_certified("Good Overseas"))
    near = chains.party(buyer, "recruiter_origin", "Near", "NP", address="4, mill rd")
    agent = chains.party(buyer, "sub_agent", "Agent", "NP")
    chains.line(buyer, site, gone, agent)
    chains.line(buyer, site, good, agent)
    chains.link(buyer, site, near)
    assert sorted(_found(buyer, FindingCode.SHARED)) == [
        (["Plant One", "Good", "Agent"], "It works for Good and for Gone, which is withdrawn."),
        (["Plant One", "Near"], "It has the same address as Gone, which is withdrawn."),
    ]


def test_a_link_that_ended_leads_nowhere_afterwards(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    recruiter = chains.party(buyer, "recruiter_origin", "Red Kite", "NP")
    chains.link(buyer, site, recruiter, date(2026, 1, 5), until=date(2026, 3, 31))
    assert len(_found(buyer, FindingCode.UNCERTIFIED, date(2026, 3, 31))) == 1
    assert _found(buyer, FindingCode.UNCERTIFIED, date(2026, 4, 1)) == []
    assert [party.name for party in selectors.chain_at(buyer, date(2026, 4, 1)).parties] == []


def test_findings_of_one_employer_are_not_anothers(buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    chains.line(buyer, site, chains.party(buyer, "recruiter_origin", "Red Kite", "NP"))
    assert selectors.findings_of(chains.buyer()) == []


def test_findings_take_few_queries_however_long_the_chain(buyer, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    for _turn in range(12):
        chains.link(buyer, site, chains.party(buyer))
    selectors.findings_of(buyer)
    with django_assert_max_num_queries(6):
        assert len(selectors.findings_of(buyer)) == 12
