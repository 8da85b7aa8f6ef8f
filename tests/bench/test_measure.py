"""The measure that judges every matcher alike, against figures worked by hand."""

from pathlib import Path

import pytest

from tests.bench import quality, registers


def _query(kind: str, text: str, truth: str) -> registers.Query:
    return registers.Query(kind, text, truth, "", frozenset() if truth == "-1" else frozenset({truth}), "")


QUERIES = {
    1: _query("exact", "a", "1"),
    2: _query("exact", "b", "2"),
    3: _query("typo", "c", "3"),
    4: _query("typo", "d", "4"),
    5: _query("neg", "e", "-1"),
    6: _query("neg", "f", "-1"),
}
OUT = """n\tclass\toutcome\tids\tscores\tmicros
1\texact\tfound\t1,9\t0.9,0.2\t100
2\texact\tfound\t2\t0.8\t200
3\ttypo\tpossible\t9,3\t0.6,0.5\t300
4\ttypo\tnot_found\t\t\t400
5\tneg\tfound\t7\t0.7\t500
6\tneg\tpossible\t8\t0.1\t600
"""


@pytest.fixture
def answers(tmp_path: Path) -> dict[int, quality.Answer]:
    """The lines above as read from a file."""
    return quality.read_answers(registers.write(OUT.splitlines(), tmp_path / "out.tsv"))


def test_measure_is_what_a_hand_works_out(answers: dict[int, quality.Answer]) -> None:
    found = quality.measure(QUERIES, answers)
    # Four are there to be found. Best first: 0.9 right, 0.8 right, 0.7 wrong, 0.6 wrong, 0.1 wrong.
    # After two, precision 1 and recall 1/2: F1 = 2/3, and nothing later is better.
    assert found.f1 == pytest.approx(2 / 3)
    assert found.at_p95 == pytest.approx(0.5)
    assert found.at1 == pytest.approx(2 / 4)
    assert found.at10 == pytest.approx(3 / 4)
    assert found.p50 == pytest.approx(0.35)


def test_equal_scores_are_accepted_together(tmp_path: Path) -> None:
    lines = [
        "n\tclass\toutcome\tids\tscores\tmicros",
        "1\texact\tfound\t1\t0.9\t1",
        "5\tneg\tfound\t7\t0.9\t1",
    ]
    answers = quality.read_answers(registers.write(lines, tmp_path / "out.tsv"))
    found = quality.measure(QUERIES, answers)
    # One of two accepted is right and one is there: precision 1/2, recall 1.
    assert found.f1 == pytest.approx(2 / 3)
    assert found.at_p95 == 0


def test_by_class_counts_a_negative_as_right_unless_found(answers: dict[int, quality.Answer]) -> None:
    table = quality.by_class(QUERIES, answers)
    assert {kind: row["right"] for kind, row in table.items()} == {"exact": 1.0, "typo": 0.0, "neg": 0.5}


def test_scores_and_ids_must_be_as_many(tmp_path: Path) -> None:
    lines = ["n\tclass\toutcome\tids\tscores\tmicros", "1\texact\tfound\t1,2\t0.9\t1"]
    with pytest.raises(ValueError, match="2 ids and 1 scores"):
        quality.read_answers(registers.write(lines, tmp_path / "out.tsv"))


def test_grown_register_is_the_same_every_time_and_equals_no_query() -> None:
    firsts = ["Amber", "Birch", "Cedar", "Dune", "Elm", "Fjord"]
    lasts = ["Bridge Foods", "Gate Tools", "Hill Yarns", "Lake Boats", "Mill Grain", "Yard Steel"]
    small = [
        registers.Organisation(str(n), f"{first} {last}", "GB", "made")
        for n, (first, last) in enumerate(zip(firsts, lasts, strict=True))
    ]
    queries = [_query("neg", "foods Amber Birch", "-1")]
    grown = registers.grown(small, queries, 30)
    assert grown == registers.grown(small, queries, 30)
    names = [registers.plain(one.name) for one in grown]
    assert len(grown) == len(set(names)) == 30
    assert registers.plain("Amber Birch Foods") not in names
    assert grown[:6] == small
    with pytest.raises(ValueError, match="1 names make"):
        registers.grown(small[:1], queries, 30)
