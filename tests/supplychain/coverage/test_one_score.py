"""One recruiter has one score: the map, the list by points and the API say the same, and it is worked by hand here."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from iris.accounts import services as accounts_services
from iris.accounts.models import User
from iris.core import clocks
from supplychain.chains import services
from supplychain.chains.models import Party
from supplychain.chains.selectors.picture import Asked
from supplychain.chains.selectors.seeing import look_at
from supplychain.chains.services import Terms
from supplychain.chains.states import FeeTerms
from supplychain.coverage import selectors
from supplychain.risk.selectors import RiskFacts
from tests.factories import agencies, certificates, chains

pytestmark = pytest.mark.django_db
DAYS = 200


@pytest.fixture
def world() -> tuple[User, dict[str, Party]]:
    """Two sites over one recruiter in Nepal: Qatar through one in Qatar, Malaysia itself, where workers pay.

    The shortcut from Doha to the sub-agent stands in it on purpose: a row of recruiters is as long as its longest way.
    """
    agency = agencies.agency("Sagar Overseas", corridors=[("NP", "QA")])
    certificates.certificate("active", agency=agency)
    buyer = chains.buyer()
    made = {
        "Qatar": chains.party(buyer, "site", "Plant Qatar", "QA"),
        "Malaysia": chains.party(buyer, "site", "Plant Malaysia", "MY"),
        "Doha": chains.party(buyer, "recruiter_destination", "Doha Hands", "QA"),
        "Sagar": chains.party(buyer, "recruiter_origin", "Sagar", "NP", agency=agency),
        "Agent": chains.party(buyer, "sub_agent", "Agent", "NP"),
        "Group": chains.party(
            buyer, "cohort", "Group", workers=9, origin="NP", destination="QA", sector="construction"
        ),
    }
    since = clocks.today() - timedelta(days=DAYS)
    for upper, lower in (
        ("Qatar", "Doha"),
        ("Doha", "Sagar"),
        ("Sagar", "Agent"),
        ("Doha", "Agent"),
        ("Agent", "Group"),
    ):
        chains.link(buyer, made[upper], made[lower], since)
    pays = Terms(fee_terms=FeeTerms.WORKERS)
    services.add_link(actor=buyer, upper=made["Malaysia"], lower=made["Sagar"], since=since, terms=pays)
    return buyer, made


def told(facts: RiskFacts | None) -> tuple[Any, ...]:
    """The facts that can be worked out with a pencil."""
    assert facts is not None
    corridor = facts.corridor.label if facts.corridor else ""
    return (
        facts.standing, facts.scope, facts.fee_terms, facts.sub_agents, facts.hops, facts.withdrawn_tie,
        facts.claim, str(corridor), facts.sector is not None, facts.critical,
    )  # fmt: skip


def test_facts_by_hand(world: tuple[User, dict[str, Party]]) -> None:
    """Doha: three in a row below the site, whatever the shortcut says. Sagar: two corridors, so none that is known."""
    buyer, made = world
    assert buyer.organisation is not None
    listed = {row.name: told(row.facts) for row in selectors.parties_for(buyer.organisation)}
    np_qa = "Nepal to Qatar"
    assert listed == {
        "Doha Hands": ("", "", "", "", 3, None, "declared", np_qa, True, None),
        "Sagar": ("certified", "", "worker", "undeclared", 2, False, "declared", "", True, False),
    }
    risks = look_at(buyer, Asked()).risks
    agent = ("", "", "", "", 1, None, "declared", np_qa, True, None)
    assert told(risks.facts(made["Agent"].pk)) == agent


def test_map_list_and_api_say_the_same_points(world: tuple[User, dict[str, Party]], client: Client) -> None:
    buyer, made = world
    assert buyer.organisation is not None
    risks = look_at(buyer, Asked()).risks
    for row in selectors.parties_for(buyer.organisation):
        assert row.key is not None
        assert row.facts == risks.facts(row.key)
    client.force_login(buyer)
    drawn = {node["id"]: node["riskWord"] for node in client.get("/chain/map.json").json()["nodes"]}
    on_map = {key: int(word.split()[1]) for key, word in drawn.items() if word}
    _key, secret = accounts_services.issue_api_key(buyer.organisation, buyer, "tool", ["read:diligence"])
    answer = client.get("/api/v1/risk/recruiters/", headers={"Authorization": f"Api-Key {secret}"})
    by_api = {row["party_id"]: row["score"]["points"] for row in answer.json()["results"]}
    assert set(by_api) == {str(made["Doha"].pk), str(made["Sagar"].pk)}
    assert set(on_map) == {*by_api, str(made["Agent"].pk)}
    assert {key: on_map[key] for key in by_api} == by_api
    page = client.get("/coverage/recruiters/").content.decode()
    for key, points in by_api.items():
        line = re.search(rf"<tr>(?:(?!</tr>).)*{key}.*?</tr>", page, re.DOTALL)
        assert line is not None
        assert re.search(rf"\b{points}\b", line[0]), "the list says what the map says"


def test_beside_another_day_the_points_stay_those_of_the_day(world: tuple[User, dict[str, Party]]) -> None:
    """A link that began and ended between the days is drawn as gone, and takes no part in any score."""
    buyer, made = world
    start = clocks.today() - timedelta(days=DAYS)
    old = chains.party(buyer, "recruiter_origin", "Of before", "NP")
    was = chains.link(buyer, made["Qatar"], old, start)
    below = chains.link(buyer, made["Sagar"], chains.party(buyer, "sub_agent", "Second", "NP"), start)
    for link in (was, below):
        services.end_link(line=link.line, actor=buyer, on=start + timedelta(days=30), reason="It ended.")
    alone = look_at(buyer, Asked())
    beside = look_at(buyer, Asked(than=start + timedelta(days=10)))
    marks = {beside.sight.seen[beside.sight.by_id[key]].party.name for key in beside.changes.marks}
    assert marks == {"Of before", "Second", "Sagar"}, "Sagar was not certified yet"
    for name in ("Doha", "Sagar", "Agent"):
        assert beside.risks.score(made[name].pk) == alone.risks.score(made[name].pk), name
    assert beside.risks.look(old.pk).word == ""
