"""POST /api/v1/match/ and /match/decisions/: many names at once, and what people decided about them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iris.accounts.models import User
from iris.core import clocks
from supplychain.lookups.models import Lookup
from supplychain.names.models import MatchDecision
from tests.factories import accounts, agencies, certificates
from tests.factories.machines import machine

pytestmark = pytest.mark.django_db
URL = "/api/v1/match/"


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def match(person: User, queries: dict[str, Any], **more: Any) -> Any:
    return machine(person, "read:lookups").post(URL, {"queries": queries, **more}, format="json")


def ids(answer: Any, key: str = "q") -> list[str]:
    return [one["id"] for one in answer.json()["responses"][key]["results"]]


def test_batch_answers_each_question_under_its_own_id_and_keeps_nothing(buyer: User) -> None:
    lotus = agencies.agency("Blue Lotus Recruitment Ltd")
    number = lotus.licences.get().number
    answer = match(
        buyer,
        {
            "row 1": {"name": "Blue Lotus Recruitment", "country": "NP"},
            "row 2": {"name": "Blue Lotos Recruitmnt"},
            "row 3": {"identifier": number},
            "row 4": {"name": "---"},
            "row 5": {"name": "Zanzibar Ferry Crews"},
        },
    )
    assert answer.status_code == 200, answer.content
    told = answer.json()["responses"]
    assert {key: (one["status"], [row["match"] for row in one["results"]]) for key, one in told.items()} == {
        "row 1": (200, [True]),
        "row 2": (200, [False]),
        "row 3": (200, [True]),
        "row 4": (422, []),
        "row 5": (200, []),
    }
    first = told["row 1"]["results"][0]
    assert (first["id"], first["standing"]["valid"]) == (str(lotus.pk), False)
    assert told["row 2"]["results"][0]["score"] < first["score"] < 0.9 <= told["row 3"]["results"][0]["score"]
    assert (Lookup.objects.count(), answer.json()["receipt"]) == (0, False)


def test_standing_is_that_of_this_moment(buyer: User) -> None:
    certificate = certificates.certificate("active", name="Blue Lotus Recruitment Ltd")
    asked = {"q": {"name": "Blue Lotus Recruitment"}}
    assert match(buyer, asked).json()["responses"]["q"]["results"][0]["standing"]["valid"] is True
    certificates.suspend(certificate)
    assert match(buyer, asked).json()["responses"]["q"]["results"][0]["standing"]["valid"] is False


def test_threshold_hides_and_never_makes_a_match(buyer: User) -> None:
    agencies.agency("Blue Lotus Recruitment Ltd")
    asked = {"q": {"name": "Blue Lotos Recruitmnt"}}
    (low,) = match(buyer, asked, threshold=0.0).json()["responses"]["q"]["results"]
    assert low["match"] is False
    assert ids(match(buyer, asked, threshold=low["score"] + 0.01)) == []


def test_excluded_agencies_and_those_unchanged_since_are_left_out(buyer: User) -> None:
    certificate = certificates.certificate("active", name="Blue Lotus Recruitment Ltd")
    own = str(certificate.agency_id)
    asked = {"q": {"name": "Blue Lotus Recruitment"}}
    assert ids(match(buyer, asked, exclude=[own])) == []
    later = clocks.now() + timedelta(hours=1)
    assert ids(match(buyer, asked, changed_since=later.isoformat())) == []
    with clocks.freeze(later + timedelta(hours=1)):
        certificates.suspend(certificate)
        assert ids(match(buyer, asked, changed_since=later.isoformat())) == [own]


def test_agencies_may_not_match_and_a_key_of_reconciliation_does_not_open_it(buyer: User) -> None:
    agency = accounts.person("agency", "signatory")
    assert match(agency, {"q": {"name": "x y"}}).status_code == 403
    answer = machine(buyer, "reconcile").post(URL, {"queries": {"q": {"name": "x y"}}}, format="json")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"queries": {}},
        {"queries": []},
        {"queries": {"q": {}}},
        {"queries": {"q": {"name": ["a"]}}},
        {"queries": {"q": {"name": "x" * 401}}},
        {"queries": {"q": {"name": "a b", "country": "Atlantis"}}},
        {"queries": {str(n): {"name": "a b"} for n in range(501)}},
        {"queries": {"q": {"name": "a b"}}, "limit": 10**9},
        {"queries": {"q": {"name": "a b"}}, "threshold": "NaN"},
        {"queries": {"q": {"name": "a b"}}, "exclude": ["nobody"]},
        {"queries": {"q": {"name": "a b"}}, "changed_since": "yesterday"},
    ],
)
def test_bad_input_is_refused_in_a_sentence(buyer: User, body: Any) -> None:
    answer = machine(buyer, "read:lookups").post(URL, body, format="json")
    assert (answer.status_code in (400, 422), answer["Content-Type"]) == (True, "application/problem+json")


def test_the_number_of_database_queries_does_not_grow_with_the_batch(buyer: User) -> None:
    for n in range(6):
        agencies.agency(f"Lotus Number {n} Recruitment Ltd")
    client = machine(buyer, "read:lookups")

    def cost(n: int) -> int:
        queries = {str(i): {"name": f"Lotus Number {i} Recruitmnt"} for i in range(n)}
        with CaptureQueriesContext(connection) as found:
            assert client.post(URL, {"queries": queries}, format="json").status_code == 200
        return len(found)

    cost(1)
    assert cost(6) == cost(2)


def decide(person: User, *decisions: dict[str, Any]) -> Any:
    client = machine(person, "write:decisions")
    return client.post(f"{URL}decisions/", {"decisions": list(decisions)}, format="json")


def test_decisions_come_back_as_matches_for_that_organisation_alone(buyer: User) -> None:
    lotus, other = agencies.agency("Blue Lotus Recruitment Ltd"), agencies.agency("Blue Lily Recruitment Ltd")
    answer = decide(
        buyer,
        {"text": "BLR Ktm", "agency": str(lotus.pk), "note": "row 14"},
        {"text": "Blue Lily Recruitment", "agency": str(other.pk), "verdict": "not_same"},
    )
    assert answer.status_code == 201, answer.content
    assert [one["verdict"] for one in answer.json()["decisions"]] == ["same", "not_same"]
    assert ids(match(buyer, {"q": {"name": "BLR Ktm"}})) == [str(lotus.pk)]
    assert str(other.pk) not in ids(match(buyer, {"q": {"name": "Blue Lily Recruitment"}}, threshold=0))
    stranger = accounts.person("employer", "sourcing_manager")
    assert ids(match(stranger, {"q": {"name": "BLR Ktm"}})) == []


def test_the_same_decision_twice_is_kept_once(buyer: User) -> None:
    lotus = agencies.agency("Blue Lotus Recruitment Ltd")
    first = decide(buyer, {"text": "BLR Ktm", "agency": str(lotus.pk)}).json()["decisions"][0]["id"]
    again = decide(buyer, {"text": "blr  KTM", "agency": str(lotus.pk)}).json()["decisions"][0]["id"]
    assert (again, MatchDecision.objects.count()) == (first, 1)


def test_one_wrong_decision_keeps_none_and_is_named(buyer: User) -> None:
    lotus = agencies.agency("Blue Lotus Recruitment Ltd")
    nobody = "00000000-0000-4000-8000-000000000000"
    answer = decide(buyer, {"text": "BLR", "agency": str(lotus.pk)}, {"text": "x y", "agency": nobody})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["decisions.1.agency"])
    assert MatchDecision.objects.count() == 0
    signs = decide(buyer, {"text": "---", "agency": str(lotus.pk)})
    assert (signs.status_code, list(signs.json()["errors"])) == (422, ["decisions.0.text"])
    place = decide(buyer, {"text": "BLR", "agency": str(lotus.pk), "country": "Atlantis"})
    assert (place.status_code, list(place.json()["errors"])) == (422, ["decisions.0.country"])


def test_signs_that_a_database_cannot_hold_are_no_error(buyer: User) -> None:
    lotus = agencies.agency("Blue Lotus Recruitment Ltd")
    body = f'{{"decisions": [{{"text": "BLR \\ud800\\u0000 Ktm", "agency": "{lotus.pk}"}}]}}'
    client = machine(buyer, "write:decisions")
    answer = client.post(f"{URL}decisions/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
