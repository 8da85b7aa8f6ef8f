"""Hostile input: refused with a sentence, never a fault of ours."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.test import APIClient

from iris.core.drf import StrictJSONParser, StrictSerializer
from tests.architecture import house

pytestmark = pytest.mark.django_db
LOOKUPS = "/api/v1/lookups/"
TOO_LONG = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1


def _body(**more: Any) -> bytes:
    return json.dumps({"text": "Kalimaru", **more}).encode()


@pytest.mark.parametrize(
    ("body", "status", "code", "word"),
    [
        (b"", 400, "invalid", "text"),
        (b"{", 400, "parse_error", ""),
        (b"\xff\xfe", 400, "parse_error", "UTF-8"),
        (b'{"text": "\xc3\x28"}', 400, "parse_error", "UTF-8"),
        (b'{"text": "a", "text": "b"}', 400, "parse_error", "twice"),
        (b'{"text": "\\u0000"}', 400, "parse_error", "NUL"),
        (b'{"text": "a\x00"}', 400, "parse_error", "NUL"),
        (b'{"text": "\\ud800"}', 400, "parse_error", "surrogate"),
        (b'{"text": "a", "more": ["\\udfff"]}', 400, "parse_error", "surrogate"),
        (b'["\\uD800 and \\uDC00"]', 400, "parse_error", "surrogate"),
        (b'{"\\ud800": 1}', 400, "parse_error", "surrogate"),
        (b'{"\\ud800": 1, "\\ud800": 2}', 400, "parse_error", "twice"),
        (b'"\\udead"', 400, "parse_error", "surrogate"),
        (b'"\\ud83d\\ude00"', 400, "invalid", "dictionary"),
        (b'{"text": NaN}', 400, "parse_error", "NaN"),
        (b'{"text": Infinity}', 400, "parse_error", "Infinity"),
        (b'{"text": 1e999}', 400, "parse_error", "large"),
        (b'{"text": ' + b"9" * 5_000 + b"}", 400, "parse_error", "digits"),
        (b"[" * 100_000 + b"]" * 100_000, 400, "parse_error", "deep"),
        (b'{"a":' * 21 + b"1" + b"}" * 21, 400, "parse_error", "deep"),
        (b"[" + b"1," * 999_999 + b"1]", 400, "parse_error", "values"),
        (b"[]", 400, "invalid", "dictionary"),
        (b'"text"', 400, "invalid", "dictionary"),
        (b"null", 400, "invalid", ""),
        (_body(txet="x"), 400, "invalid", "txet"),
        (_body(text={"a": 1}), 400, "invalid", "text"),
        (_body(text=[1]), 400, "invalid", "text"),
        (_body(on="31 February"), 400, "invalid", "on"),
        (_body(on="9999-99-99"), 400, "invalid", "on"),
        (b" " * TOO_LONG, 413, "too_large", "bytes"),
    ],
)
def test_a_body_that_cannot_be_used(body: bytes, status: int, code: str, word: str, client_with: Any) -> None:
    answer = client_with("read:lookups").post(LOOKUPS, body, content_type="application/json")
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert word in json.dumps(told, ensure_ascii=False)
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page_size=1000000000", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=-1", "page_size"),
        ("page_size=ten", "page_size"),
        ("page_size=%D9%A1", "page_size"),
        ("cursor=nonsense", "cursor"),
        ("cursor=cD1ub25zZW5zZQ==", "cursor"),  # p=nonsense
        ("cursor=bz0tMQ==", "cursor"),  # o=-1
        ("changed_since=nonsense", "changed_since"),
        ("changed_since=&ordering=country", "ordering"),
        ("ordering=city", "ordering"),
        ("ordering=", "ordering"),
        ("ordering=--country", "ordering"),
        ("ordering=country&ordering=country", "ordering"),
        ("country=NP&country=QA", "country"),
        ("q=a%00b", "q"),
        ("q=" + "x" * 400, "q"),
        ("unknown=1", "unknown"),
    ],
)
def test_a_query_that_cannot_be_used_is_named(query: str, field: str, client_with: Any) -> None:
    answer = client_with("read:register").get(f"/api/v1/agencies/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["errors"]) == [field]


def test_an_address_without_end_is_refused(client_with: Any) -> None:
    answer = client_with("read:register").get("/api/v1/agencies/?q=" + "x" * 9_000)
    assert (answer.status_code, answer.json()["code"]) == (414, "address_too_long")


@pytest.mark.parametrize("path", ["certificates/%00/", "certificates/%ff%fe/", "certificates/..%2f..%2fetc/"])
def test_odd_paths_lead_nowhere(path: str, client_with: Any) -> None:
    assert client_with("read:register").get(f"/api/v1/{path}").status_code == 404


def test_too_many_rows_are_counted_before_they_are_read(client_with: Any) -> None:
    client: APIClient = client_with("write:chains")
    answer = client.post("/api/v1/chain/imports/", {"rows": [1] * 20_001}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "20,001" in answer.content.decode()


class Untouched(serializers.Field[Any, Any, Any, Any]):
    """A field that must not be reached."""

    def to_internal_value(self, data: Any) -> Any:
        raise AssertionError("looked at before they were counted")


class Inside(StrictSerializer):
    """Lists and objects inside an object."""

    some = serializers.ListField(child=Untouched(), max_length=3, required=False)
    many = serializers.ListField(child=Untouched(), required=False)
    named = serializers.DictField(child=Untouched(), required=False)


@pytest.mark.parametrize(
    ("data", "field", "found"),
    [
        ({"some": [1] * 4}, "some", "at most 3 entries, found 4"),
        ({"many": [1] * 20_001}, "many", "at most 20,000 entries, found 20,001"),
        ({"named": {str(n): 1 for n in range(20_001)}}, "named", "at most 20,000 entries, found 20,001"),
    ],
)
def test_what_stands_inside_is_counted_before_it_is_looked_at(data: Any, field: str, found: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Inside(data=data).is_valid(raise_exception=True)
    assert found in str(refused.value.detail[field])


def test_a_long_text_takes_no_memory_to_measure() -> None:
    """A pattern that may go back keeps a note of each letter: 5 MB of text took 600 MB, without a key."""
    body = b'{"pdf":"' + b"A" * 500_000 + b"\\n" * 250_000 + b'","more":["' + b'","' * 100_000 + b'"]}'
    tracemalloc.start()
    try:
        told = StrictJSONParser().parse(io.BytesIO(body))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(told["pdf"]) == 750_000
    assert len(told["more"]) == 100_001
    assert most < 12 * len(body)


def test_errors_of_many_rows_are_told_for_the_first_hundred(client_with: Any) -> None:
    client: APIClient = client_with("write:chains")
    answer = client.post("/api/v1/chain/imports/", {"rows": [1] * 5_000}, format="json")
    assert answer.status_code == 400
    assert len(answer.json()["errors"]["rows"]) == 100


def test_every_input_of_the_api_is_strict() -> None:
    """A serializer in a room's api.py either only writes out or refuses unknown fields."""
    loose = [
        house.where(path, node)
        for path in house.sources()
        if path.name == "api.py" or "/api/" in path.as_posix()
        for node in house.ast.walk(house.parsed(path))
        if isinstance(node, house.ast.ClassDef)
        and any("serializers.Serializer" in house.ast.unparse(base) for base in node.bases)
    ]
    assert loose == []
