"""Queries made ready once, for the few that run with every call of a machine.

Making the SQL of a query that joins three tables takes Django several times as long as PostgreSQL takes to answer it.
The queryset stays the one place that says what is asked: it is built once with marks, which the values replace.
"""

import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection, models
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)

# What stands for a value until there is one; no value is ever equal to its mark.
TEXT = "\x01a value to come"
NUMBER = UUID("00000000-0000-4000-8000-6d61726b6564")
OTHER_NUMBER = UUID("00000000-0000-4000-8000-6d61726b6565")
MOMENT = datetime(1, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


class _Among(models.Lookup):
    """A field of keys is one of these."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::uuid[])", (*params, "{" + ",".join(map(str, self.rhs)) + "}")


def among(field: str, keys: Collection[UUID]) -> "models.Lookup[Any]":
    """For `filter`: the field is one of these keys. They go over as one array: with `__in` Django makes a parameter of
    each, which for hundreds takes longer than the query."""
    return _Among(models.F(field), keys)


class _Made:
    """The statement, and how its rows become instances."""

    def __init__(self, queryset: models.QuerySet[Any], marks: dict[str, Any]) -> None:
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, params = self.compiler.as_sql()
        names = {mark: name for name, mark in marks.items()}
        self.slots = [(names.get(one), one) for one in params]
        missing = set(marks) - {name for name, _param in self.slots}
        if missing:
            raise ValueError(f"The query has no place for {', '.join(sorted(missing))}.")
        klass = self.compiler.klass_info
        fields = klass["select_fields"]
        self.columns = slice(fields[0], fields[-1] + 1)
        self.names = [one[0].target.attname for one in self.compiler.select[self.columns]]
        self.model = klass["model"]
        self.related = get_related_populators(klass, self.compiler.select, queryset.db)  # type: ignore[call-arg] # as 5.2 has it
        self.db = queryset.db

    def rows(self, values: dict[str, Any]) -> list[Any]:
        params = tuple(param if name is None else values[name] for name, param in self.slots)
        with self.compiler.connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        rows = []
        for row in self.compiler.results_iter([found]):
            one = self.model.from_db(self.db, self.names, row[self.columns])
            for populator in self.related:
                populator.populate(row, one)
            rows.append(one)
        return rows


class Prepared(Generic[Row]):
    """A queryset made from marks by `build`, asked with values of the same names.

    Nothing in it may depend on the moment: what `build` reads it reads once. Plain querysets with select_related only.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], **marks: Any) -> None:
        self._build = build
        self._marks = marks
        self._kept = threading.local()

    def rows(self, **values: Any) -> list[Row]:
        """The rows for these values, as the queryset would give them."""
        made: _Made | None = getattr(self._kept, "made", None)
        if made is None:
            made = self._kept.made = _Made(self._build(**self._marks), self._marks)
        return made.rows(values)

    def first(self, **values: Any) -> Row | None:
        """The first row; the queryset says in which order, and had better take only one."""
        rows = self.rows(**values)
        return rows[0] if rows else None


_known: "WeakKeyDictionary[Any, set[str]]" = (
    WeakKeyDictionary()
)  # what each session of PostgreSQL has prepared


class Statement:
    """SQL that PostgreSQL plans once for a session and then only runs, for what one value must find at once.

    `sql` has $1, $2 ... of `types`, compares with `=` (a plan for any array is not kept) and changes nothing.
    """

    def __init__(self, name: str, sql: str, types: tuple[str, ...]) -> None:
        self.name = name
        self._prepare = f"PREPARE {name} ({', '.join(types)}) AS {sql}"
        self._execute = f"EXECUTE {name} ({', '.join(['%s'] * len(types))})"

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values; None equals nothing."""
        with connection.cursor() as cursor:
            session = connection.connection
            known = _known.setdefault(session, set())
            if self.name not in known:
                with session.cursor() as bare:
                    bare.execute(self._prepare)
                known.add(self.name)
            cursor.execute(self._execute, values)
            return list(cursor.fetchall())
