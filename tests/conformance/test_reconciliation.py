"""Every answer of the reconciliation service against the schemas of its specification, and against any bad input."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iris.accounts.models import User
from supplychain.reconciliation import services
from tests.conformance.recon_schemas import Schemas
from tests.factories import accounts, agencies, certificates
from tests.factories.machines import Machine

URL = "/reconcile/"
FORM = "application/x-www-form-urlencoded"
EVERY_COLUMN = [
    "country", "licence_number", "registration_number", "certificate_number", "status", "in_force", "since", "expires",
    "corridors", "sectors", "training", "open_critical", "sub_agents", "legal_name", "certificate_link",
    "register_link", "as_of",
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def schemas(shared: Path) -> Schemas:
    return Schemas(shared)


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def key(buyer: User) -> str:
    return services.make_address(actor=buyer, name="test")[1]


def post(key: str, **fields: Any) -> Any:
    texts = {name: one if isinstance(one, str) else json.dumps(one) for name, one in fields.items()}
    return Machine(raise_request_exception=False).post(
        f"{URL}?key={key}", urlencode(texts), content_type=FORM
    )


def get(path: str, **query: str) -> Any:
    return Machine().get(path, query)


def test_manifest_with_and_without_a_key_fits_its_schema(schemas: Schemas, key: str) -> None:
    for body in (get(URL).json(), get(URL, key=key).json()):
        schemas.check("manifest", body)
        schemas.check("type", body["defaultTypes"][0])


def test_the_oracle_can_say_no(schemas: Schemas) -> None:
    """A manifest of another version, a result without a score, a value of two kinds: each is refused."""
    manifest = get(URL).json()
    assert schemas.problems("manifest", manifest | {"versions": ["0.1"]})
    assert schemas.problems("manifest", manifest | {"authentication": {"type": "telepathy"}})
    assert schemas.problems("reconciliation-result-batch", {"q": {"result": [{"id": "1", "name": "x"}]}})
    assert schemas.problems(
        "data-extension-response", {"meta": [], "rows": {"a": {"b": [{"str": "x", "int": 1}]}}}
    )


def test_answers_of_every_kind_fit_their_schema(schemas: Schemas, key: str) -> None:
    """By number, by the very name, among twins, by a name alike, by nothing, and for a text that holds no name."""
    lotus = agencies.agency("Blue Lotus Recruitment Ltd")
    for country in ("NP", "IN"):
        agencies.agency("Everest Staffing Ltd", country)
    number = lotus.licences.get().number
    batch = {
        "number": {"query": "Lotus", "properties": [{"pid": "licence_number", "v": [number]}]},
        "only": {"properties": [{"pid": "identifier", "v": number}]},
        "name": {"query": "Blue Lotus Recruitment", "type": "agency", "limit": 3},
        "twins": {"query": "Everest Staffing", "type": ["agency"], "type_strict": "any"},
        "alike": {
            "query": "Blue Lotos Recruitmnt",
            "properties": [{"pid": "corridor", "v": "Nepal to Qatar"}],
        },
        "none": {"query": "Zanzibar Ferry Crews"},
        "signs": {"query": "---"},
        "other": {"query": "Blue Lotus Recruitment", "type": "city", "type_strict": "all"},
        "odd": {
            "query": "Blue Lotus Recruitment",
            "properties": [{"pid": "shoes", "v": {"id": "Q1", "name": "9"}}],
        },
    }
    schemas.check("reconciliation-query-batch", batch)
    body = post(key, queries=batch).json()
    schemas.check("reconciliation-result-batch", body)
    assert {one: [row["match"] for row in found["result"]] for one, found in body.items()} == {
        "number": [True],
        "only": [True],
        "name": [True],
        "twins": [False, False],
        "alike": [False],
        "none": [],
        "signs": [],
        "other": [],
        "odd": [True],
    }


def test_suggestions_and_columns_fit_their_schemas(schemas: Schemas, key: str) -> None:
    certificate = certificates.certificate("active", name="Blue Lotus Recruitment Ltd")
    enrolled = agencies.agency("Everest Staffing Ltd")
    schemas.check("suggest-entities-response", get(f"{URL}suggest/entity/", prefix="blue", key=key).json())
    schemas.check("suggest-properties-response", get(f"{URL}suggest/property/", prefix="li", key=key).json())
    schemas.check("suggest-types-response", get(f"{URL}suggest/type/", prefix="rec", key=key).json())
    proposal = get(f"{URL}properties/", type="agency", limit="3", key=key).json()
    schemas.check("data-extension-property-proposal", proposal)
    assert len(proposal["properties"]) == 3
    wish = {
        "ids": [str(certificate.agency_id), str(enrolled.pk), "nobody"],
        "properties": [{"id": one} for one in EVERY_COLUMN],
    }
    schemas.check("data-extension-query", wish)
    body = post(key, extend=wish).json()
    schemas.check("data-extension-response", body)
    assert [one["id"] for one in body["meta"]] == EVERY_COLUMN
    first = body["rows"][str(certificate.agency_id)]
    assert first["in_force"] == [{"str": "yes"}]
    assert first["certificate_number"] == [{"str": certificate.number}]
    assert first["expires"] == [{"date": f"{certificate.expires_on}T00:00:00Z"}]


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
QUERY = st.fixed_dictionaries(
    {},
    optional={
        "query": st.text(max_size=30) | JSONS,
        "type": st.sampled_from(["agency", "city", ["agency"], []]) | JSONS,
        "limit": st.integers() | st.floats() | JSONS,
        "type_strict": st.sampled_from(["any", "all", "should", "none"]) | JSONS,
        "properties": st.lists(
            st.fixed_dictionaries(
                {
                    "pid": st.sampled_from(["country", "licence_number", "corridor", "contact", "x"]) | JSONS,
                    "v": JSONS,
                }
            ),
            max_size=3,
        )
        | JSONS,
    },
)
SENT = (
    st.dictionaries(st.text(max_size=6), QUERY, max_size=4).map(json.dumps)
    | JSONS.map(json.dumps)
    | st.text(max_size=60)
)
WISH = st.fixed_dictionaries(
    {}, optional={"ids": st.lists(st.text(max_size=40)) | JSONS, "properties": JSONS}
).map(json.dumps)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _answered(answer: Any, schemas: Schemas, schema: str) -> None:
    if answer.status_code == 200:
        schemas.check(schema, answer.json())
    else:
        assert answer.status_code in (400, 413), answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert len(answer.json()["title"]) > 20


@QUICK
@given(sent=SENT)
def test_whatever_is_sent_as_questions_is_answered_or_refused_in_a_sentence(
    schemas: Schemas, key: str, sent: str
) -> None:
    _answered(post(key, queries=sent), schemas, "reconciliation-result-batch")


@QUICK
@given(sent=WISH | SENT)
def test_whatever_is_sent_as_columns_is_answered_or_refused_in_a_sentence(
    schemas: Schemas, key: str, sent: str
) -> None:
    _answered(post(key, extend=sent), schemas, "data-extension-response")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("[" * 100_000, 400),
        ('{"a":' * 100_000, 400),
        (json.dumps({str(n): {"query": "x y"} for n in range(101)}), 413),
        (json.dumps({str(n): {} for n in range(100_000)}), 413),
        ('{"q": {"query": ' + "9" * 5_000 + "}}", 400),
        ('{"q": {"query": "a b", "limit": 1e999}}', 400),
        ('{"q": {"query": "a b", "limit": ' + "9" * 400 + "}}", 200),
        ('{"\\ud800": {"query": "\\ud800 \\u0000 Blue"}}', 200),
        (json.dumps({"q": {"query": "x" * 401}}), 400),
        (json.dumps({"q": {"query": "a b", "frobnicate": 1}}), 400),
        ("", 400),
        ("null", 400),
    ],
)
def test_huge_deep_and_odd_input_has_its_answer(key: str, sent: str, status: int) -> None:
    assert post(key, queries=sent).status_code == status


def test_body_over_the_limit_of_the_house_is_413(key: str) -> None:
    answer = post(key, queries="x" * 6_000_000)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
