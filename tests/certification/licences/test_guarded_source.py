"""Registers are fetched through the guarded client like every other address."""

from typing import Any

import pytest

from certification.licences.services.connectors import HttpsClient, SourceDown
from iris.core import outgoing


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://register.example/list.csv", "Only https"),
        ("https://register.example/list.csv", "private network"),
    ],
)
def test_source_that_leads_inside_is_not_fetched(address: str, why: str, settings: Any) -> None:
    settings.IRIS_OUTGOING_RESOLVER = lambda _host: ["192.168.0.7"]
    with pytest.raises(SourceDown, match=why):
        HttpsClient().get(address)


def test_source_that_moved_is_down_and_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "call", lambda *_given, **_more: outgoing.Answer(302, b"", 1))
    with pytest.raises(SourceDown, match="302"):
        HttpsClient().get("https://register.example/list.csv")
