"""Addresses with a NUL in them lead nowhere: to "not found", never to an error of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db


def texts(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address that takes a text, with a NUL in the text."""
    for one in patterns:
        place = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from texts(one.url_patterns, place)
        elif "<str:" in place and "^" not in place:
            yield place


def filled(place: str) -> str:
    out = []
    for part in place.split("/"):
        if "<" in part:
            kind = part[part.index("<") + 1 : part.index(">")].partition(":")[0]
            value = {
                "str": "A%00B",
                "uuid": "0192f3c4-8a11-7c3e-9b5e-6b1a2f0d4c77",
                "slug": "abc",
                "int": "1",
            }[kind]
            part = part[: part.index("<")] + value + part[part.index(">") + 1 :]
        out.append(part)
    return "/".join(out)


def test_a_nul_in_an_address_is_not_found() -> None:
    client = Client(raise_request_exception=False)
    places = [filled(place) for place in texts(get_resolver().url_patterns)]
    assert len(places) > 10
    wrong = {place: status for place in places if (status := client.get(place).status_code) >= 500}
    assert wrong == {}
