"""What may be shown, worked by hand: no cell below five, and none that the others give away."""

from __future__ import annotations

import itertools

import pytest

from audits.interviews.rules import Cell, Node, suppress

FLOOR = 5


def shown(counts: list[int]) -> tuple[int | None, list[int | None]]:
    """What is left of one sum and its cells."""
    cells = [Cell(number, n) for number, n in enumerate(counts)]
    whole = suppress(Node("all", sum(counts), parts=cells), FLOOR)
    return whole.shown, [cell.shown for cell in cells]


@pytest.mark.parametrize(
    ("counts", "total", "cells"),
    [
        ([7, 9], 16, [7, 9]),  # nothing is small
        ([12], 12, [12]),
        ([3], None, [None]),  # the sum is itself below five
        ([3, 9], 12, [None, None]),  # 12 - 9 would give the 3: the 9 goes too
        ([3, 9, 20], 32, [None, None, 20]),  # the smaller of the others goes with the 3
        ([3, 4, 20], 27, [None, None, 20]),  # 3 and 4 hide one another: 7 together
        (
            [1, 1, 20, 8],
            30,
            [None, None, 20, None],
        ),  # 1 and 1 would be known from their sum of 2: the 8 joins
        ([2, 2, 6], 10, [None, None, None]),  # 4 together is below five, so the 6 joins
        ([1, 1, 1, 1, 1], None, [None] * 5),  # five of one each are known from their sum: it is hidden
        ([2, 1, 1, 1], 5, [None] * 4),  # 5 over four cells: nobody can say which is the two
        ([], 0, []),
    ],
)
def test_worked_by_hand(counts: list[int], total: int | None, cells: list[int | None]) -> None:
    assert shown(counts) == (total, cells)


def test_a_hidden_kind_takes_its_cells_along_and_a_second_kind_with_it() -> None:
    workers = Node("workers", 20, parts=[Cell("f", 11), Cell("m", 9)])
    staff = Node("staff", 6, parts=[Cell("f", 6)])
    returnees = Node("returnees", 2, parts=[Cell("m", 2)])
    whole = suppress(Node("all", 28, parts=[workers, staff, returnees]), FLOOR)
    # 28 - 20 - 6 = 2 would give the returnees: the staff, the smaller of the others, is hidden with its cell.
    assert (whole.shown, workers.shown, staff.shown, returnees.shown) == (28, 20, None, None)
    assert [cell.shown for cell in (*workers.parts, *staff.parts, *returnees.parts)] == [11, 9, None, None]


def test_cells_that_cannot_be_protected_hide_their_sum() -> None:
    workers = Node("workers", 5, parts=[Cell(number, 1) for number in range(5)])
    staff = Node("staff", 30, parts=[Cell("f", 30)])
    partners = Node("partners", 8, parts=[Cell("m", 8)])
    whole = suppress(Node("all", 43, parts=[workers, staff, partners]), FLOOR)
    assert (whole.shown, workers.shown, staff.shown, partners.shown) == (43, None, 30, None)


def test_no_small_cell_can_be_computed_from_any_table_of_up_to_three_cells() -> None:
    """Cells of 1 to 9: of all fillings that fit what is shown, two must differ in each hidden cell."""
    tried = 0
    for size in (1, 2, 3):
        for counts in itertools.product(range(1, 10), repeat=size):
            tried += 1
            total, cells = shown(list(counts))
            assert all(n is None or n >= FLOOR for n in (*cells, total))
            hidden = [place for place, n in enumerate(cells) if n is None]
            if total is None or not hidden:
                continue
            room = total - sum(n for n in cells if n is not None)
            fillings = [
                one for one in itertools.product(range(1, room + 1), repeat=len(hidden)) if sum(one) == room
            ]
            for place in range(len(hidden)):
                assert len({one[place] for one in fillings}) > 1, (counts, cells)
    assert tried == 9 + 81 + 729
