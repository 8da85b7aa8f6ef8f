"""Feeds of what changed, written by triggers and read by snapshots: nothing is missed under any order of commits.

A reader's cursor holds the snapshot it last read with. The next read takes every row whose transaction that snapshot
could not see: one that took its number early and committed late is found when it commits. Each thing comes at least
once for each of its changes since, in the order of transactions, and always as it is now.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models import Model, QuerySet

SNAPSHOT = re.compile(r"\d+:\d+:[\d,]*")
_signer = Signer(salt="iris.core.feeds", sep=".")

_NOTE = """
CREATE OR REPLACE FUNCTION iris_feed_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE rows text;
BEGIN
  rows := CASE TG_OP
    WHEN 'INSERT' THEN format('SELECT %I AS id FROM after_rows', TG_ARGV[1])
    WHEN 'DELETE' THEN format('SELECT %I AS id FROM before_rows', TG_ARGV[1])
    ELSE format('SELECT %1$I AS id FROM before_rows UNION SELECT %1$I AS id FROM after_rows', TG_ARGV[1]) END;
  EXECUTE format('INSERT INTO iris_core_feedrow (feed, subject_id, txid, at, ended_below) '
    'SELECT DISTINCT %L, id, pg_current_xact_id()::text::bigint, clock_timestamp(), '
    'pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM (%s) changed '
    'WHERE id IS NOT NULL', TG_ARGV[0], rows);
  RETURN NULL;
END $$;
"""
_TRIGGERS = (
    ("insert", "INSERT", "NEW TABLE AS after_rows"),
    ("update", "UPDATE", "OLD TABLE AS before_rows NEW TABLE AS after_rows"),
    ("delete", "DELETE", "OLD TABLE AS before_rows"),
)
_READ = """
WITH this AS (SELECT pg_current_snapshot() AS seen)
SELECT this.seen::text, f.subject_id, f.txid, f.id FROM this LEFT JOIN LATERAL (
  SELECT subject_id, txid, id FROM iris_core_feedrow
  WHERE feed = %(feed)s AND (txid, id) > (%(txid)s, %(id)s){among}
    AND (%(since)s = '' OR (txid >= pg_snapshot_xmin(NULLIF(%(since)s, '')::pg_snapshot)::text::bigint
         AND NOT pg_visible_in_snapshot(txid::text::xid8, NULLIF(%(since)s, '')::pg_snapshot)))
    AND (%(until)s = '' OR pg_visible_in_snapshot(txid::text::xid8, NULLIF(%(until)s, '')::pg_snapshot))
  ORDER BY txid, id LIMIT %(most)s) f ON true
"""
# A row is needless once a later one of the same thing can be seen by every reader to come, if whoever saw the later one
# saw it too: both of one transaction, or the first had ended when the later was written. Two that ran at the same time
# may have committed in either order, and a reader between them holds a cursor that saw only one.
_COMPACT = """
DELETE FROM iris_core_feedrow old USING iris_core_feedrow new
WHERE new.feed = old.feed AND new.subject_id = old.subject_id
  AND ((new.txid = old.txid AND new.id > old.id) OR new.ended_below > old.txid)
  AND new.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""
_followed: list[tuple[str, str, str]] = []


class UnknownCursor(Exception):
    """Not a cursor that this feed gave."""


@dataclass(frozen=True)
class News:
    """Things that changed, each once, in order; the cursor to go on from; whether there is more at once."""

    subjects: list[UUID]
    cursor: str
    more: bool


def follow(feed: str, table: str, column: str = "id") -> None:
    """Note every change of a table in a feed, as one of the thing whose id is in `column`. Called in ready()."""
    if (feed, table, column) not in _followed:
        _followed.append((feed, table, column))


def statements(tables: set[str]) -> Iterable[str]:
    """What installs the triggers, and begins a feed with what there is. Run after migrate, any number of times."""
    if "iris_core_feedrow" not in tables:
        return
    yield _NOTE
    for feed, table, column in _followed:
        if table not in tables:
            continue
        for name, act, rows in _TRIGGERS:
            yield (
                f'CREATE OR REPLACE TRIGGER iris_feed_{name} AFTER {act} ON "{table}" REFERENCING {rows} '
                f"FOR EACH STATEMENT EXECUTE FUNCTION iris_feed_note('{feed}', '{column}')"
            )
        if column == "id":
            yield (
                "INSERT INTO iris_core_feedrow (feed, subject_id, txid, at) "  # noqa: S608 (names from our code)
                f"SELECT '{feed}', t.id, pg_current_xact_id()::text::bigint, now() FROM \"{table}\" t "
                f"WHERE NOT EXISTS (SELECT FROM iris_core_feedrow f WHERE f.feed = '{feed}' AND f.subject_id = t.id)"
            )


def read(feed: str, cursor: str, most: int, among: "QuerySet[Model] | None" = None) -> News:
    """One page of what changed since a cursor; empty text begins at the beginning. Raises UnknownCursor.

    `among` leaves out all but the things of a reader: of others neither an id comes nor a place on a page.
    """
    since, until, txid, last = _opened(feed, cursor)
    asked: dict[str, Any] = {
        "feed": feed,
        "since": since,
        "until": until,
        "txid": txid,
        "id": last,
        "most": most + 1,
    }
    mine, more_asked = _among(among)
    with connection.cursor() as sql:
        sql.execute(_READ.format(among=mine), {**asked, **more_asked})
        rows = sql.fetchall()
    now = until or str(rows[0][0])
    found = [(one, number, place) for _now, one, number, place in rows if one is not None]
    page, more = found[:most], len(found) > most
    closed = _closed(feed, since, now, page[-1][1], page[-1][2]) if more else _closed(feed, now, "", 0, 0)
    return News(list(dict.fromkeys(one for one, _number, _place in page)), closed, more)


def _among(rows: "QuerySet[Model] | None") -> tuple[str, dict[str, Any]]:
    """The condition that leaves only these things, and what it asks for."""
    if rows is None:
        return "", {}
    try:
        text, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return " AND false", {}
    asked = {f"among_{number}": value for number, value in enumerate(values)}
    for name in asked:
        text = text.replace("%s", f"%({name})s", 1)
    return f" AND subject_id IN ({text})", asked


def compact() -> int:
    """Drop rows that a later row of the same thing makes needless."""
    with connection.cursor() as sql:
        sql.execute(_COMPACT)
        return int(sql.rowcount)


def _closed(feed: str, since: str, until: str, txid: int, last: int) -> str:
    text = "|".join((feed, since, until, str(txid), str(last)))
    return _signer.sign(urlsafe_b64encode(text.encode()).decode().rstrip("="))


def _opened(feed: str, cursor: str) -> tuple[str, str, int, int]:
    if not cursor:
        return "", "", 0, 0
    try:
        text = _signer.unsign(cursor)
        told = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        mine, since, until, txid, last = told
        if mine != feed:
            raise UnknownCursor
        return since, until, int(txid), int(last)
    except (BadSignature, ValueError) as error:
        raise UnknownCursor from error
