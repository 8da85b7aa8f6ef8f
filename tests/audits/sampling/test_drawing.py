"""The rule by hand, the shares by hand, and what holds for every list."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.sampling import rules, verify_sample
from audits.sampling.rules import SampleRule, Unit

RULE = SampleRule(10, 10, 100)
SEED = "00112233445566778899aabbccddeeff"
SCRIPT = Path(rules.__file__).resolve().parents[1] / "verify_sample.py"


@pytest.mark.parametrize(
    ("population", "drawn"),
    [
        (0, 0),
        (1, 1),
        (5, 5),  # everyone
        (10, 10),
        (100, 10),  # one in ten, and the floor, and the root
        (101, 11),  # the root of 101 is above 10
        (250, 25),
        (500, 50),
        (1000, 100),
        (1001, 100),  # one in ten would be 101: the cap
        (2000, 100),
        (10_000, 100),  # the root is 100
        (10_001, 101),  # the root is above the cap
        (20_000, 142),  # the root of 20,000 is 141.4
    ],
)
def test_size_by_hand(population: int, drawn: int) -> None:
    assert RULE.size(population) == drawn
    assert verify_sample.sample_size(population, 10, 10, 100) == drawn


def test_rule_in_force_is_the_one_of_the_scheme() -> None:
    assert rules.rule_in_force() == RULE


def _stratum(name: str, count: int) -> tuple[tuple[str, ...], list[str]]:
    return (name,), [f"{name}{number}" for number in range(count)]


def test_largest_remainder_by_hand() -> None:
    # 10 of 55. Shares: A 21 -> 210/55 = 3 rest 45; B 15 -> 150/55 = 2 rest 40; C 12 -> 120/55 = 2 rest 10;
    # D 5 -> 50/55 = 0 rest 50; E 2 -> 20/55 = 0 rest 20. Whole: 3+2+2+0+0 = 7, three left: D (50), A (45), B (40).
    strata = dict(_stratum(*one) for one in [("A", 21), ("B", 15), ("C", 12), ("D", 5), ("E", 2)])
    given_to = rules.allocate(SEED, 10, strata)
    assert {cells[0]: count for cells, count in given_to.items()} == {"A": 4, "B": 3, "C": 2, "D": 1, "E": 0}


def test_equal_remainders_go_by_lot_that_is_worked_by_hand() -> None:
    # Ten strata of one, 3 drawn: all remainders are 3. The lot is SHA-256(seed, line break, the key).
    strata = {(name,): [f"key-{name}"] for name in "ABCDEFGHIJ"}
    lots = sorted("ABCDEFGHIJ", key=lambda name: hashlib.sha256(f"{SEED}\nkey-{name}".encode()).hexdigest())
    given_to = rules.allocate(SEED, 3, strata)
    assert {cells[0] for cells, count in given_to.items() if count} == set(lots[:3])


def test_lot_does_not_follow_the_name() -> None:
    # Over many seeds the first name in the alphabet is not drawn more often than its share (300 of 1,000 expected).
    strata = {(name,): [f"key-{name}"] for name in "ABCDEFGHIJ"}
    first = sum(rules.allocate(f"{number:032x}", 3, strata)[("A",)] for number in range(1_000))
    assert 240 < first < 360


def _people(*groups: tuple[str, str, str, int]) -> list[Unit]:
    return [
        Unit(f"{status}-{employer}-{sex}-{number}", "NP", "QA", status, employer, "2025-H1", sex)
        for status, employer, sex, count in groups
        for number in range(count)
    ]


def test_small_groups_are_not_lost_among_many_strata_by_hand() -> None:
    # 100 people, 10 drawn. Status: 80 deployed -> 8, 20 returned -> 2. Women and men of the deployed: 40 and 40 -> 4
    # and 4; of the returned 10 and 10 -> 1 and 1. The ten returned women are with ten employers, one each: over all
    # strata at once their remainders (0.1) would lose to every other, and no returned woman would be drawn.
    units = _people(
        ("deployed", "Gulf Build", "f", 40),
        ("deployed", "Gulf Build", "m", 40),
        *(("returned", f"Employer {number}", "f", 1) for number in range(10)),
        ("returned", "Palm Hotels", "m", 10),
    )
    found: dict[tuple[str, str], int] = {}
    for one in rules.draw(units, SEED, RULE):
        found[one.cells[2], one.cells[5]] = found.get((one.cells[2], one.cells[5]), 0) + one.size
    assert found == {("deployed", "f"): 4, ("deployed", "m"): 4, ("returned", "f"): 1, ("returned", "m"): 1}


def test_sample_cannot_be_larger_than_its_list() -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        rules.allocate(SEED, 4, {("A",): ["1", "2", "3"]})


CELL = st.sampled_from(["Gulf Build", "Palm, Hotels", "“Ünïcode” & Söhne", ""])
UNITS = st.lists(
    st.tuples(
        st.sampled_from([("NP", "QA"), ("NP", "MY"), ("PH", "AE")]),
        st.sampled_from(["deployed", "in_process", "returned"]),
        CELL,
        st.sampled_from(["2024-H2", "2025-H1", ""]),
        st.sampled_from(["f", "m", ""]),
    ),
    min_size=1,
    max_size=160,
).map(
    lambda rows: [
        Unit(hashlib.sha256(str(number).encode()).hexdigest(), *corridor, status, employer, period, sex)
        for number, (corridor, status, employer, period, sex) in enumerate(rows)
    ]
)
SEEDS = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")


@settings(max_examples=60, deadline=None)
@given(units=UNITS, seed=SEEDS, turn=st.randoms(use_true_random=False))
def test_draw_holds_for_every_list(units: list[Unit], seed: str, turn: random.Random) -> None:
    drawn = rules.draw(units, seed, RULE)
    assert rules.draw(units, seed, RULE) == drawn
    shuffled = list(units)
    turn.shuffle(shuffled)
    assert rules.draw(shuffled, seed, RULE) == drawn
    assert rules.frame_csv(shuffled) == rules.frame_csv(units)
    of = {unit.key: unit.cells for unit in units}
    corridors: dict[tuple[str, ...], list[int]] = {}
    for one in drawn:
        assert one.size <= one.population
        assert all(of[key] == one.cells for key in one.order)
        total, size = corridors.setdefault(one.cells[:2], [0, 0])
        corridors[one.cells[:2]] = [total + one.population, size + one.size]
    assert all(size == RULE.size(total) for total, size in corridors.values())
    assert sorted(key for one in drawn for key in one.order) == sorted(of)
    share = {cells: RULE.size(total) / total for cells, (total, _size) in corridors.items()}
    statuses: dict[tuple[str, ...], list[int]] = {}
    for one in drawn:
        total, size = statuses.setdefault(one.cells[:3], [0, 0])
        statuses[one.cells[:3]] = [total + one.population, size + one.size]
    assert all(abs(size - total * share[cells[:2]]) < 1 for cells, (total, size) in statuses.items())


@settings(max_examples=30, deadline=None)
@given(units=UNITS, seed=SEEDS)
def test_the_script_draws_the_same(units: list[Unit], seed: str) -> None:
    rows = [dict(zip(rules.COLUMNS, (unit.key, *unit.cells), strict=True)) for unit in units]
    mine = [(one.number, one.cells, one.size, list(one.order)) for one in rules.draw(units, seed, RULE)]
    assert verify_sample.draw(rows, seed) == mine


def _units(count: int) -> list[Unit]:
    turn = random.Random(7)
    return [
        Unit(
            hashlib.sha256(str(number).encode()).hexdigest(),
            "NP",
            turn.choice(["QA", "MY"]),
            "deployed",
            turn.choice(["Gulf Build", "Palm, “Hotels”"]),
            "2025-H1",
            turn.choice("fm"),
        )
        for number in range(count)
    ]


def test_command_and_script_in_its_own_process_print_the_same(tmp_path: Path) -> None:
    published = tmp_path / "list.csv"
    published.write_bytes(rules.frame_csv(_units(180)).encode())
    out = StringIO()
    call_command("draw_sample", published, "--seed", SEED, stdout=out)
    ran = subprocess.run(
        [sys.executable, "-I", SCRIPT, published, "--seed", SEED], capture_output=True, text=True, check=True
    )
    assert ran.stdout == out.getvalue()
    assert ran.stdout.count("\n  ") == sum(one.size for one in rules.draw(_units(180), SEED, RULE)) == 20


def test_script_checks_the_number_that_was_committed_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = tmp_path / "list.csv"
    published.write_bytes(rules.frame_csv(_units(30)).encode())
    nonce = "aa" * 16
    seed = rules.seed_from(nonce, rules.frame_hash(_units(30)))
    verify_sample.main([str(published), "--nonce", nonce, "--committed", rules.commitment(nonce)])
    assert f"seed {seed}\n" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="not the one that was committed"):
        verify_sample.main([str(published), "--nonce", "bb" * 16, "--committed", rules.commitment(nonce)])
    with pytest.raises(SystemExit, match="does not follow"):
        verify_sample.main([str(published), "--nonce", nonce, "--seed", "0" * 32])


def test_script_needs_nothing_but_python() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)


def test_command_refuses_what_is_no_list(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="lacks the columns key"):
        call_command("draw_sample", wrong, "--seed", SEED)
    right = tmp_path / "right.csv"
    right.write_text(rules.frame_csv(_units(3)), encoding="utf-8")
    with pytest.raises(CommandError, match="Give --seed"):
        call_command("draw_sample", right)
    with pytest.raises(CommandError, match="expected three numbers"):
        call_command("draw_sample", right, "--seed", SEED, "--rule", "10,ten")
