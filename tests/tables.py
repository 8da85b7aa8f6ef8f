"""Tables of a state machine, tried row by row: which act whom in which state, and what the database lets through.

The expected table is written by hand in the test. Nothing here reads the machine's own declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db import DatabaseError, connection, models, transaction

from iris.core.errors import DomainError

Act = Callable[[Any, Any], Any]


class _Undo(Exception):
    pass


def tried(act: Act, thing: Any, person: Any) -> str:
    """Try an act and take it back: "" when it was done, else the code of the refusal."""
    try:
        with transaction.atomic():
            act(thing, person)
            raise _Undo
    except _Undo:
        return ""
    except DomainError as refused:
        return refused.code


def wrong_rows(
    make: Callable[[str], Any],
    states: Iterable[str],
    acts: Mapping[str, Act],
    people: Mapping[str, Callable[[Any], Any]],
    allowed: Collection[tuple[str, str, str]],
) -> tuple[int, list[str]]:
    """Every state x act x role: how many were tried, and each one that went otherwise than the table says.

    `make(state)` gives a thing in that state, made once and restored after every try. `people[role](thing)` gives the
    person. `allowed` holds the (state, act, role) that are done; everything else has to be refused by a DomainError.
    """
    count, wrong = 0, []
    for state in states:
        thing = make(str(state))
        assert str(thing.state) == str(state), f"the factory gave {thing.state} instead of {state}"
        who = {role: person(thing) for role, person in people.items()}
        for name, act in acts.items():
            for role, person in who.items():
                count += 1
                refusal = tried(act, thing, person)
                if (refusal == "") != ((str(state), name, role) in allowed):
                    wrong.append(f"{state} x {name} x {role}: {refusal or 'done'}")
    return count, wrong


def moves_let_through(thing: models.Model, states: Iterable[str], field: str = "state") -> set[str]:
    """The states to which plain SQL may set this row; each try is taken back.

    A move that triggers let through and a date constraint then refuses counts as refused: nothing was changed.
    """
    table = connection.ops.quote_name(thing._meta.db_table)
    column = connection.ops.quote_name(thing._meta.get_field(field).column)
    now = str(getattr(thing, field))
    through = set()
    for state in states:
        if str(state) == now:
            continue
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [str(state), thing.pk])
                through.add(str(state))
                raise _Undo
        except (_Undo, DatabaseError):
            continue
    return through
