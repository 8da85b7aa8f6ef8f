"""Screenings of before (0001) walk on to what screenings are now: rows by hand, whatever state their list was in.

An empty database is loaded from iris/core/structure.sql and never walks these steps; only an old installation does. The
tables of the room are made as they were, in a schema of their own beside narrow tables of what they refer to; all of it
is one transaction that is taken back.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.state import ModelState, ProjectState

from tests.conftest import _owner_address

pytestmark = pytest.mark.django_db
APP = "supplychain_screenings"
THEN = "0001_initial"
STEPS = (
    "0002_batches_and_outcomes",
    "0003_move_results",
    "0004_rows_are_only_rows",
    "0005_lists_that_start_themselves",
    "0006_columns_keys_as_they_are_compared",
)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
X, Y, PERSON, EMPLOYER, FILE = (uuid.UUID(int=number) for number in range(1, 6))
REFERRED = {
    ("iris_accounts", "Organisation"): {},
    ("iris_accounts", "User"): {},
    ("iris_core", "StoredFile"): {},
    ("certification_agencies", "Agency"): dict.fromkeys(
        ("legal_name", "country", "registration_number"), models.CharField
    ),
}


@dataclass
class Old:
    """The room's tables on their way, and models for the step they stand at."""

    owner: BaseDatabaseWrapper
    state: ProjectState

    def walk(self, name: str) -> None:
        """Apply one migration as it stands in its file, as in a transaction of its own."""
        made = import_module(f"supplychain.screenings.migrations.{name}").Migration(name, APP)
        with self.owner.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with self.owner.schema_editor() as editor:
            self.state = made.apply(self.state, editor)

    def add(self, label: str, *rows: dict[str, Any]) -> None:
        """Rows as they were written then."""
        model = self.state.apps.get_model(label)
        model.objects.using(self.owner.alias).bulk_create([model(**row) for row in rows])

    def asked(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        """What stands there now."""
        with self.owner.cursor() as cursor:
            cursor.execute(sql.replace("{app}", APP), given)
            return cursor.fetchall()


@contextmanager
def _owner() -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the test database, as the role that may make tables."""
    address = _owner_address()
    names = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    own = {key: address[name] or "" for key, name in names.items()}
    connections["owner"] = type(connections["default"])({**connection.settings_dict, **own}, alias="owner")
    try:
        yield connections["owner"]
    finally:
        connections["owner"].close()
        del connections["owner"]


@pytest.fixture
def old() -> Iterator[Old]:
    """The room at its first step, empty."""
    state = ProjectState()
    for (app, name), columns in REFERRED.items():
        fields: list[tuple[str, models.Field[Any, Any]]] = [("id", models.UUIDField(primary_key=True))]
        fields += [(column, kind(max_length=200)) for column, kind in columns.items()]
        state.add_model(ModelState(app, name, fields))
    with _owner() as owner, transaction.atomic(using="owner"):
        with owner.cursor() as cursor:
            cursor.execute("CREATE SCHEMA before")
            cursor.execute("SET LOCAL search_path = before, public")
        with owner.schema_editor() as editor:
            for app, name in REFERRED:
                editor.create_model(state.apps.get_model(app, name))
        made = Old(owner, state)
        made.walk(THEN)
        _fill(made)
        yield made
        transaction.set_rollback(True, using="owner")


def _fill(old: Old) -> None:
    old.add("iris_accounts.Organisation", {"id": EMPLOYER})
    old.add("iris_accounts.User", {"id": PERSON})
    old.add("iris_core.StoredFile", {"id": FILE})
    agency = {"country": "NP", "registration_number": "R-1"}
    old.add(
        "certification_agencies.Agency",
        {"id": X, "legal_name": "Blue Lotus", **agency},
        {"id": Y, "legal_name": "Everest", **agency},
    )


def _list(old: Old, state: str, columns: tuple[str, ...] = ("Supplier",), **more: object) -> uuid.UUID:
    row = {
        "id": uuid.uuid4(),
        "organisation_id": EMPLOYER,
        "person_id": PERSON,
        "file_id": FILE,
        "title": "suppliers.csv",
        "created_at": AT,
        "columns": list(columns),
        "state": state,
        "started_at": AT if state in ("running", "done") else None,
        **more,
    }
    old.add(f"{APP}.Screening", row)
    return row["id"]


def _row(
    screening: uuid.UUID, number: int, status: str = "done", result: str = "", **more: object
) -> dict[str, Any]:
    return {
        "screening_id": screening,
        "number": number,
        "cells": [f"Name {number}"],
        "name": f"Name {number}",
        "status": status,
        "result": result,
        "checked_at": AT if status == "done" else None,
        **more,
    }


FOUND = {"outcome": "found", "how": "same_name"}
ALIKE = [
    {"agency_id": str(X), "name": "Blue Lotus", "country": "NP", "score": 0.91, "why": "one letter differs"},
    {"agency_id": str(Y), "name": "Everest", "country": "NP", "score": 0.8, "why": "one word is missing"},
]
SAID = {"resolved_by_id": PERSON, "resolved_at": AT}


def test_a_list_that_was_checked_to_its_end(old: Old) -> None:
    """Found twice (one fact), found uncertified, open, accepted, rejected, unknown, and a row nobody could check."""
    at = _list(old, "done", ended_at=AT, rows_root="a" * 64)
    open_row = {"outcome": "ambiguous", "similar": ALIKE, "score": 0.91}
    old.add(
        f"{APP}.ScreeningRow",
        _row(at, 2, result="certified", agency_id=X, standing="certified", score=1.0, **FOUND),
        _row(at, 3, result="not_certified", agency_id=Y, standing="enrolled", score=1.0, **FOUND),
        _row(at, 4, result="to_resolve", **open_row),
        _row(
            at, 5, result="not_certified", agency_id=Y, standing="enrolled", resolution="same",
            **{**open_row, "how": "chosen"}, **SAID,
        ),
        _row(at, 6, result="not_found", resolution="none", **open_row, **SAID),
        _row(at, 7, result="not_found", outcome="not_found"),
        _row(at, 8, "failed", "problem", problem="Row 8, Supplier: expected a name, found an empty cell."),
        _row(at, 9, result="certified", agency_id=X, standing="certified", score=1.0, **FOUND),
    )  # fmt: skip
    for step in STEPS:
        old.walk(step)
    facts = dict(old.asked("SELECT agency_id::text, id FROM {app}_screeningfact WHERE screening_id = %s", at))
    assert set(facts) == {str(X), str(Y)}, (
        "one fact for each agency as it stood, however many rows rest on it"
    )
    x, y = facts[str(X)], facts[str(Y)]
    told = old.asked(
        "SELECT number, checked, result, how, agency_id, fact_id, chosen_id, resolution, resolved_by_id, why,"
        " leaf, decisions::text FROM {app}_rowoutcome WHERE screening_id = %s ORDER BY number",
        at,
    )
    none = (None, "[]")
    assert told == [
        (2, "certified", "certified", "same_name", X, x, None, "", None, "", *none),
        (3, "not_certified", "not_certified", "same_name", Y, y, None, "", None, "", *none),
        (4, "to_resolve", "to_resolve", "", None, None, None, "", None, "one letter differs", *none),
        (5, "to_resolve", "not_certified", "", None, None, y, "same", PERSON, "one letter differs", *none),
        (6, "to_resolve", "not_found", "", None, None, None, "none", PERSON, "one letter differs", *none),
        (7, "not_found", "not_found", "", None, None, None, "", None, "", *none),
        (8, "problem", "problem", "", None, None, None, "", None,
         "Row 8, Supplier: expected a name, found an empty cell.", *none),
        (9, "certified", "certified", "same_name", X, x, None, "", None, "", *none),
    ]  # fmt: skip
    [batch] = old.asked(
        "SELECT first, last, lines, status, counts::jsonb FROM {app}_screeningbatch WHERE screening_id = %s",
        at,
    )
    assert batch[:4] == (2, 9, 7, "done")
    counts = {"certified": 2, "not_certified": 2, "to_resolve": 1, "not_found": 2}
    assert _json(batch[4]) == counts
    [kept] = old.asked(
        "SELECT n_lines, n_read, rows_root, counts::jsonb FROM {app}_screening WHERE id = %s", at
    )
    assert kept[:3] == (8, 8, "a" * 64)
    assert _json(kept[3]) == {"check": 7, "same": 0, "skip": 0, "reject": 1, "skipped": []}
    [fact] = old.asked("SELECT facts::jsonb, sha256 FROM {app}_screeningfact WHERE id = %s", x)
    assert _json(fact[0])["standing"] == {
        "code": "certified",
        "label": "Certified",
        "valid": True,
        "since": None,
    }
    assert len(fact[1]) == 64


def test_a_list_that_was_on_its_way_keeps_whole_parts_and_checks_the_rest_again(old: Old) -> None:
    """Parts of 200 rows that can be checked: 2 to 202 without row 100, then 203 to 205, of which two were not done."""
    at = _list(old, "running")
    rows = [_row(at, number, result="not_found") for number in range(2, 204)]
    rows[98] = _row(at, 100, "failed", "problem", problem="Row 100, Supplier: expected a name.")
    lease = {"lease": uuid.uuid4(), "lease_until": AT}
    rows += [_row(at, 204, "waiting"), _row(at, 205, "leased", **lease)]
    old.add(f"{APP}.ScreeningRow", *rows)
    for step in STEPS:
        old.walk(step)
    found = old.asked(
        "SELECT first, last, lines, status, counts::jsonb, lease FROM {app}_screeningbatch"
        " WHERE screening_id = %s ORDER BY first",
        at,
    )
    assert [(*one[:4], _json(one[4]), one[5]) for one in found] == [
        (2, 202, 200, "done", {"not_found": 200}, None),
        (203, 205, 3, "waiting", {}, None),
    ]
    numbers = [row[0] for row in old.asked("SELECT number FROM {app}_rowoutcome ORDER BY number")]
    assert numbers == list(range(2, 203)), "row 203 was checked, and is checked again with its part"
    assert old.asked("SELECT count(*) FROM {app}_screeningrow WHERE same_as IS NULL") == [(204,)]


def test_columns_are_recognised_as_those_of_a_list_of_today(old: Old) -> None:
    """The key that says "the same columns" is made by case folding, which knows more letters than lower()."""
    columns = ("Straße", "ÜBERSEE", "İl", "Supplier")
    at, bare = _list(old, "uploaded", columns), _list(old, "uploaded", ())
    for step in STEPS:
        old.walk(step)
    told = dict(old.asked("SELECT id, columns_key FROM {app}_screening"))
    folded = "strasse\x1fübersee\x1fi̇l\x1fsupplier"
    assert told == {at: hashlib.sha256(folded.encode()).hexdigest(), bare: ""}


def _json(value: Any) -> Any:
    """JSON as the driver gave it, read or not."""
    import json

    return json.loads(value) if isinstance(value, str) else value
