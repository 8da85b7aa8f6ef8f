"""The three-way merge, worked by hand, and the promise that nobody's text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.kits.rules import shape
from audits.kits.rules.merge import Choice, Outcome, merged, outcome
from audits.kits.rules.rows import wrong_in
from iris.core.workbooks import Unreadable, unescaped

# base, workbook, here -> what becomes of it, what stands
TABLE = [
    ("", "", "", "same", ""),
    ("a", "a", "a", "same", "a"),
    ("a", "b", "a", "take", "b"),
    ("a", "", "a", "take", ""),
    ("", "b", "", "take", "b"),
    ("a", "a", "c", "keep", "c"),
    ("a", "a", "", "keep", ""),
    ("", "", "c", "keep", "c"),
    ("a", "b", "b", "same", "b"),
    ("", "b", "b", "same", "b"),
    ("a", "", "", "same", ""),
    ("a", "b", "c", "conflict", None),
    ("", "b", "c", "conflict", None),
    ("a", "", "c", "conflict", None),
    ("a", "b", "", "conflict", None),
]


@pytest.mark.parametrize(("base", "theirs", "ours", "expected", "stands"), TABLE)
def test_merge_by_hand(base: str, theirs: str, ours: str, expected: str, stands: str | None) -> None:
    assert outcome(base, theirs, ours) == expected
    assert merged(base, theirs, ours) == stands


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        (Choice("here", "c"), "c"),
        (Choice("kit", "c"), "b"),
        (Choice("text", "c", "both"), "both"),
        (Choice("kit", "what stood here when it was chosen"), None),
    ],
)
def test_choice_of_a_conflict(choice: Choice, stands: str | None) -> None:
    assert merged("a", "b", "c", choice) == stands


texts = st.text(alphabet="abcxyz \n", max_size=8)


@given(base=texts, theirs=texts, ours=texts, take=st.sampled_from(["here", "kit", "text"]), own=texts)
def test_merge_never_loses_a_text_typed_by_either_side(
    base: str, theirs: str, ours: str, take: str, own: str
) -> None:
    """What either side typed stands in the result, is shown as a conflict, or gave way to a person's choice."""
    found = outcome(base, theirs, ours)
    for typed, by_other in ((theirs, ours), (ours, theirs)):
        if typed in (base, by_other):
            continue  # not typed by this side, or by both
        assert found == Outcome.CONFLICT or merged(base, theirs, ours) == typed
    chosen = merged(base, theirs, ours, Choice(take, ours, own))
    assert chosen is not None
    if found != Outcome.CONFLICT:
        assert chosen == merged(base, theirs, ours), "a choice never touches what is not in conflict"


@given(text=st.text(max_size=60))
def test_tidy_text_survives_the_way_through_a_cell(text: str) -> None:
    tidy = shape.tidy(text)
    assert shape.tidy(tidy) == tidy
    escaped = tidy.replace("_x", "_x005F_x")
    assert unescaped(escaped) == tidy


@pytest.mark.parametrize(
    ("kind", "name", "found", "value"),
    [
        ("rating", "rating", "N/A", "na"),
        ("rating", "rating", " Meets ", "meets"),
        ("finding", "grade", "Good practice", "good_practice"),
        ("finding", "grade", "good_practice", "good_practice"),
        ("interview", "held", 7.0, "7"),
        ("interview", "held", "007", "7"),
        ("evidence", "taken_on", "2026-11-21", "2026-11-21"),
        ("rating", "note", "line\r\nline", "line\nline"),
        ("rating", "note", None, ""),
    ],
)
def test_value_of_a_cell(kind: str, name: str, found: object, value: str) -> None:
    assert shape.value_of(kind, name, found) == value


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("rating", "rating", "check"),
        ("interview", "held", 2.5),
        ("interview", "held", "1000000"),
        ("interview", "held", True),
        ("evidence", "taken_on", "21.11.2026"),
        ("finding", "title", "x" * 201),
    ],
)
def test_value_that_a_cell_does_not_take(kind: str, name: str, found: object) -> None:
    with pytest.raises(Unreadable, match="found"):
        shape.value_of(kind, name, found)


def test_rating_is_not_taken_away() -> None:
    assert wrong_in("rating:1.1", {"rating": "", "note": ""}, ["1.1"])["rating"].startswith(
        "a rating is not taken"
    )
