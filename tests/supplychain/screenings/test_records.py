"""The record of a row is canonical JSON: sorted keys, no spaces, as json.dumps writes it, whatever a file held."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from supplychain.screenings import rules
from supplychain.screenings.rules.records import KIND

TEXT = st.text(max_size=40)
SCORE = st.floats(0, 1)
ALIKE = st.lists(st.fixed_dictionaries({"agency_id": st.uuids().map(str), "score": SCORE}), max_size=5)


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, SCORE, ALIKE, st.none() | st.integers(1, 2_000_000), st.integers(1, 2_000_000))
def test_a_record_is_canonical_json(  # type: ignore[no-untyped-def]
    name, country, number, why, score, alike, same_as, row
) -> None:
    body = {
        "kind": KIND, "screening": "5c7a1a3e", "row": row, "at": "2026-11-22T12:00:00+00:00",
        "asked": {"name": name, "country": country, "number": number}, "result": "to_resolve",
        "outcome": "found", "how": "near_name", "agency": "", "facts": "", "score": score, "why": why,
        "alike": [[one["agency_id"], one["score"]] for one in alike], "same_as": same_as,
    }  # fmt: skip
    written = rules.record(
        screening="5c7a1a3e", row=row, asked=(name, country, number), at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        result="to_resolve", outcome="found", how="near_name", agency="", facts="", score=score, why=why,
        alike=alike, same_as=same_as,
    )  # fmt: skip
    assert written == json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
