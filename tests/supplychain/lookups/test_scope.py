"""The table of scope fit: each part of a question against each certificate, worked by hand."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from iris.core import clocks
from supplychain.lookups import selectors
from supplychain.lookups.rules import Asked
from supplychain.lookups.selectors import AgencyFacts, Found, Similar, scope_fit, verdict_of
from supplychain.lookups.states import How, LookupOutcome

AGENCY = UUID(int=7)
HELD = SimpleNamespace(
    country="NP", city="Kathmandu", effective_on=date(2026, 1, 18), expires_on=date(2029, 1, 17)
)


def facts(**more: Any) -> AgencyFacts:
    given: dict[str, Any] = {
        "agency_id": AGENCY, "legal_name": "Kalimaru Overseas Pvt. Ltd.", "country": "NP",
        "registration_number": "NP-1", "on": clocks.today(), "enrolled_on": date(2025, 1, 1),
        "standing": "certified", "label": "Certified", "tone": "good", "icon": "check", "valid": True,
        "since": date(2026, 1, 18), "certificate": HELD, "certificate_number": "ORIS-C-0001-2601",
        "expires_on": date(2029, 1, 17), "corridors": (("NP", "MY"), ("NP", "QA")),
        "sectors": ("manufacturing", "hospitality"),
        "branches": ({"name": "Pokhara Lakeside", "city": "Pokhara"},), "licences": (), "level": "",
        "level_label": "", "open_flag": False, "sub_agents": 0, "sub_agents_by_country": {}, "names": (),
        "former_names": (), "identifiers": (), "country_rules": (),
    }  # fmt: skip
    return AgencyFacts(**{**given, **more})


def found(how: How = How.CERTIFICATE, kind: str = "legal") -> Found:
    return Found(LookupOutcome.FOUND, how, [Similar(AGENCY, "Kalimaru", kind, "NP", 1.0, "")])


def fits(asked: Asked, known: AgencyFacts | None = None, by: Found | None = None) -> dict[str, str]:
    return {row["what"]: row["fits"] for row in scope_fit(known or facts(), asked, by or found())}


BARE = Asked("Kalimaru")


@pytest.mark.parametrize(
    ("asked", "what", "fit"),
    [
        ({"origin": "NP", "destination": "QA"}, "corridor", "yes"),
        ({"origin": "NP", "destination": "JP"}, "corridor", "no"),
        ({"origin": "QA", "destination": "NP"}, "corridor", "no"),  # the other way is another corridor
        ({"sector": "hospitality"}, "sector", "yes"),
        ({"sector": "fishing"}, "sector", "ask"),  # sectors overlap in words: ask, never no
        ({"branch": "Pokhara"}, "branch", "yes"),
        ({"branch": "Pokhara office"}, "branch", "yes"),
        ({"branch": "Kathmandu head office"}, "branch", "yes"),
        ({"branch": "Pokhara Airport"}, "branch", "ask"),
        ({"branch": "Butwal"}, "branch", "no"),
        ({}, "day", "yes"),
        ({"country": "NP"}, "entity", "yes"),
        ({"country": "PH"}, "entity", "ask"),
    ],
)
def test_part_of_a_question(asked: dict[str, str], what: str, fit: str) -> None:
    assert fits(replace(BARE, **asked))[what] == fit  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "kind", "fit"),
    [
        (How.CERTIFICATE, "legal", "yes"),
        (How.LEI, "legal", "yes"),
        (How.CHOSEN, "legal", "yes"),
        (How.REMEMBERED, "legal", "yes"),
        (How.SAME_NAME, "legal", "yes"),
        (How.SAME_NAME, "trading", "yes"),
        (How.SAME_NAME, "former", "ask"),
        (How.NEAR_NAME, "legal", "ask"),
        (How.CONTACT, "legal", "ask"),
    ],
)
def test_is_it_this_entity(how: How, kind: str, fit: str) -> None:
    assert fits(BARE, by=found(how, kind))["entity"] == fit


def test_without_a_certificate_in_force_nothing_is_covered() -> None:
    everything = Asked("Kalimaru", "", "NP", "QA", "hospitality", "Pokhara")
    suspended = facts(valid=False, standing="suspended", tone="stop")
    assert fits(everything, suspended) == {
        "entity": "yes", "corridor": "no", "branch": "no", "sector": "no", "day": "no",
    }  # fmt: skip


def test_every_answer_has_its_reason() -> None:
    everything = Asked("Kalimaru", "PH", "NP", "JP", "fishing", "Butwal")
    assert all(row["why"] for row in scope_fit(facts(), everything, found(How.NEAR_NAME)))


@pytest.mark.parametrize(
    ("how", "asked", "known", "code"),
    [
        ("certificate", {}, {}, "certified"),
        ("certificate", {}, {"standing": "certified_with_conditions"}, "with_conditions"),
        ("certificate", {"destination": "JP", "origin": "NP"}, {}, "other_scope"),
        ("certificate", {"sector": "fishing"}, {}, "other_scope"),
        ("certificate", {}, {"valid": False, "standing": "suspended", "tone": "stop"}, "not_valid"),
        ("same_name", {}, {}, "certified"),
        ("remembered", {}, {}, "certified"),
        ("near_name", {}, {}, "name_alike"),
        ("contact", {}, {}, "name_alike"),
        ("certificate", {"country": "PH"}, {}, "entity_unsure"),
    ],
)
def test_only_a_number_the_same_name_or_a_choice_is_green(
    how: str, asked: dict[str, str], known: dict[str, Any], code: str
) -> None:
    question = replace(BARE, **asked)  # type: ignore[arg-type]
    by = found(How(how))
    snapshot = {
        "outcome": "found",
        "how": how,
        "answer": selectors.answer_for(facts(certificate=None, **known), question, by)
        | {"scope_fit": scope_fit(facts(**known), question, by)},
    }
    verdict = verdict_of(snapshot)
    assert verdict["code"] == code
    assert (verdict["tone"] == "good") is (code == "certified")


def test_who_is_not_there_is_not_in_the_facts(db: None) -> None:
    assert selectors.facts_for([uuid4()]) == {}
