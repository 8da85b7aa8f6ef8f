"""States that tests ask for again and again: made once by the real services, then laid out as the rows they left.

A factory marked `@stocked` runs for real the first time a process is asked for it in a given state of the database.
What it wrote is kept: rows, files, the object it gave. The next test that asks for the same thing in the same state
gets these rows back, with triggers asleep, as the owner of the test server can. Nothing else is ever in the database
then: a call is answered from stock only in a test's own transaction, in which nobody wrote but stocked factories, under
the usual clock, language and settings, with nothing patched. Anything else runs for real.

With IRIS_TEST_STOCK=0 everything does.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, models, transaction
from django.utils.translation import get_language

from iris.core import clocks

Make = TypeVar("Make", bound=Callable[..., Any])
Key = tuple[Any, ...]

# What the owner adds to a test database: marks of what was laid out last, in a schema that the product never sees.
# The clock of a transaction counts every row it wrote, by whatever way.
SCHEMA = """
CREATE SCHEMA IF NOT EXISTS stock;
CREATE UNLOGGED TABLE IF NOT EXISTS stock.mark (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, node integer NOT NULL, clock bigint NOT NULL
);
CREATE OR REPLACE FUNCTION stock.clock() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
             + pg_stat_get_xact_tuples_deleted(oid))::bigint
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
$$;
CREATE OR REPLACE FUNCTION stock.lay_out(
  tables text[], columns text[], picks text[], same text[], rows text[], node integer
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET session_replication_role = replica SET search_path = public, pg_temp AS $$
BEGIN
  FOR i IN 1 .. coalesce(array_length(tables, 1), 0) LOOP
    IF same[i] <> '' THEN
      EXECUTE format('DELETE FROM %I old USING unnest($1::%I[]) kept WHERE %s', tables[i], tables[i], same[i])
      USING rows[i];
    END IF;
    EXECUTE format('INSERT INTO %I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM unnest($1::%I[]) kept',
                   tables[i], columns[i], picks[i], tables[i]) USING rows[i];
  END LOOP;
  INSERT INTO stock.mark (node, clock) VALUES (lay_out.node, stock.clock());
END $$;
GRANT USAGE ON SCHEMA stock TO {role};
GRANT SELECT, INSERT ON stock.mark TO {role};
"""
WHERE = """
SELECT pg_current_xact_id_if_assigned() IS NULL,
       EXISTS (SELECT FROM iris_accounts_organisation) OR EXISTS (SELECT FROM iris_accounts_user),
       last.node, last.clock, stock.clock()
FROM (SELECT 1) one LEFT JOIN (SELECT node, clock FROM stock.mark ORDER BY id DESC LIMIT 1) last ON true
"""
WRITTEN = """
SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid),
       pg_stat_get_xact_tuples_updated(oid), pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""
SHAPE = """
SELECT (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),
       (SELECT array_agg(a.attname::text) FROM pg_index i JOIN pg_attribute a
        ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = %s::regclass AND i.indisprimary)
"""
# A row of a feed says in which transaction it was written (iris.core.feeds, supplychain.names.feed): the present one.
OF_NOW = {"txid": "pg_current_xact_id()::text::bigint"}


@dataclass
class Made:
    """What one call left behind."""

    result: bytes
    lay_out: str
    files: dict[str, bytes]
    stamps: int


@dataclass
class Stock:
    """What this process has made. `noon` is the clock under which alone anything is taken from it.

    `world` numbers what is committed for the tests of a module at the moment; 0 while nothing is.
    """

    noon: Any = None
    closed: bool = True
    worlds: int = 0
    world: int = 0
    patches: list[pytest.MonkeyPatch] = field(default_factory=list)
    made: dict[Key, Made | None] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)
    nodes: int = 0
    told: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """For whoever wants to know how often it helps."""
        self.told[what] = self.told.get(what, 0) + 1


STOCK = Stock()
WANTED = os.environ.get("IRIS_TEST_STOCK", "1") != "0"


def stocked(make: Make) -> Make:
    """Mark a factory whose outcome depends on nothing but its arguments and what is in the database."""
    signature = inspect.signature(make)
    name = f"{make.__module__}.{make.__qualname__}"

    @functools.wraps(make)
    def take(*args: Any, **more: Any) -> Any:
        if not _open():
            return make(*args, **more)
        given = signature.bind(*args, **more)
        given.apply_defaults()
        try:
            key = tuple(_plain(one) for one in given.arguments.values())
        except TypeError:
            return make(*args, **more)
        node = _node()
        if node is None:
            return make(*args, **more)
        return _take((node, name, *key), lambda: make(*args, **more))

    return take  # type: ignore[return-value] # the same call


def install(role: str) -> None:
    """Prepare a test database, as its owner."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA.replace("{role}", role))


@contextlib.contextmanager
def usual(*, changed: bool) -> Iterator[None]:
    """A test in which the product is as it always is, unless its settings are changed."""
    was = STOCK.closed
    STOCK.closed = changed
    try:
        yield
    finally:
        STOCK.closed = was


@contextlib.contextmanager
def beside(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is taken from stock once this has patched something."""
    STOCK.patches.append(patch)
    try:
        yield
    finally:
        STOCK.patches.remove(patch)


@contextlib.contextmanager
def world() -> Iterator[None]:
    """What is in the database now was committed for the tests of a module, which begin with it."""
    STOCK.worlds += 1
    STOCK.world = STOCK.worlds
    try:
        yield
    finally:
        STOCK.world = 0


def _open() -> bool:
    return (
        WANTED
        and not STOCK.closed
        and not any(patch._setattr or patch._setitem for patch in STOCK.patches)
        and clocks.now() == STOCK.noon
        and get_language() == settings.LANGUAGE_CODE
        and any(getattr(one, "_from_testcase", False) for one in connection.atomic_blocks)
        and not connection.needs_rollback
    )


def _plain(value: Any) -> Any:
    """An argument as part of a key. Raises TypeError for what cannot be one."""
    if value is None or isinstance(value, str | int | date | Decimal):
        return (isinstance(value, bool), value)
    if isinstance(value, models.Model):
        acting = getattr(value, "acting", None)
        return (value._meta.label, value.pk, getattr(acting, "pk", None))
    if isinstance(value, dict):
        return tuple((key, _plain(one)) for key, one in value.items())
    if isinstance(value, tuple | list):
        return tuple(_plain(one) for one in value)
    raise TypeError


def _node() -> int | None:
    """Which stocked calls, and nothing else, made what is in the database; None where others wrote.

    0 is a database that is empty but for the Standard, and a negative number one that holds a world of a module.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHERE)
        untouched, peopled, node, clock, now = cursor.fetchone()
    if untouched:
        return -STOCK.world if bool(peopled) == bool(STOCK.world) else None
    return node if node is not None and clock == now else None


def _take(key: Key, make: Callable[[], Any]) -> Any:
    if key in STOCK.made:
        made = STOCK.made[key]
        if made is None:
            return make()
        STOCK.count("taken")
        return _lay_out(made)
    # What follows on other things is kept from the second time on: much of it is asked for once only.
    if key[0] > 0 and key not in STOCK.seen:
        STOCK.seen.add(key)
        return make()
    STOCK.count("made")
    return _record(key, make)


def _lay_out(made: Made) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(made.lay_out)
    root = Path(settings.IRIS_FILES_ROOT)
    for name, data in made.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(data)
        path.chmod(0o600)
    stamped = clocks._stamped.get()
    if stamped is not None:
        stamped[STOCK.noon] = max(stamped[STOCK.noon], made.stamps)
    return pickle.loads(made.result)


def _record(key: Key, make: Callable[[], Any]) -> Any:
    """Run for real, and keep what it left."""
    STOCK.nodes += 1
    node = STOCK.nodes
    mails = len(getattr(mail, "outbox", []))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            deleted = {table: gone for table, _new, _changed, gone in cursor.fetchall()}
            cursor.execute(
                "INSERT INTO stock.mark (node, clock) VALUES (%s, stock.clock()) RETURNING xmin::text::bigint",
                [key[0]],
            )
            since = cursor.fetchone()[0]
        result = make()
        with connection.cursor() as cursor:
            lay_out = _rows(cursor, since, node, deleted if key[0] else None)
            files = _files(cursor, since)
            cursor.execute("INSERT INTO stock.mark (node, clock) VALUES (%s, stock.clock())", [node])
    STOCK.made[key] = None
    if lay_out is not None and len(getattr(mail, "outbox", [])) == mails:
        stamped = clocks._stamped.get()
        with contextlib.suppress(pickle.PicklingError, TypeError, AttributeError):
            kept = pickle.dumps(result)
            STOCK.made[key] = Made(kept, lay_out, files, stamped[STOCK.noon] if stamped else 0)
    return result


def _files(cursor: Any, since: int) -> dict[str, bytes]:
    cursor.execute("SELECT path FROM iris_core_storedfile WHERE xmin::text::bigint >= %s", [since])
    root = Path(settings.IRIS_FILES_ROOT)
    return {path: (root / path).read_bytes() for (path,) in cursor.fetchall() if (root / path).is_file()}


@functools.cache
def _shape(table: str) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, [table, table])
        columns, key = cursor.fetchone()
    return columns, key or []


def _rows(cursor: Any, since: int, node: int, deleted: dict[str, int] | None) -> str | None:
    """The statement that lays out again every row written since; None where rows of others may have been deleted."""
    cursor.execute(WRITTEN)
    written = [one for one in cursor.fetchall() if one[1] or one[3]]
    if deleted is not None and any(gone != deleted.get(table, 0) for table, _new, _changed, gone in written):
        return None
    asked = " UNION ALL ".join(
        f"SELECT '{table}', {int(bool(changed))}, array_agg(t)::text FROM public.\"{table}\" t "
        f"WHERE t.xmin::text::bigint >= {since}"
        for table, new, changed, _gone in written
        if new
    )
    tables, columns, picks, same, rows = [], [], [], [], []
    if asked:
        cursor.execute(asked)
    for table, changed, found in cursor.fetchall() if asked else ():
        if found is None:
            continue
        names, key = _shape(table)
        tables.append(table)
        columns.append(", ".join(f'"{name}"' for name in names))
        picks.append(", ".join(OF_NOW.get(name, f'kept."{name}"') for name in names))
        same.append(" AND ".join(f'old."{name}" = kept."{name}"' for name in key) if changed else "")
        rows.append(found)
    call = "SELECT stock.lay_out(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s)"
    statement: bytes = cursor.cursor.mogrify(call, [tables, columns, picks, same, rows, node])
    return statement.decode()
