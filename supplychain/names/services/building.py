"""Build the base of the index once for all processes, and keep the feed short."""

import contextlib
import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from iris.core import clocks
from iris.matching import Index, UnreadableIndex
from supplychain.names import feed, folder
from supplychain.names.folder import Manifest
from supplychain.names.models import NameChange

GROWN = 2_000
GROWN_SHARE = 0.01
OLDEST = timedelta(hours=24)
KEPT_FEED = timedelta(hours=24)
KEPT_BASES = 2


class Busy(Exception):
    """Another process is building."""


def keep_fresh() -> bool:
    """Build a new base where there is none, or when the present one is of another kind or far behind."""
    if not why_rebuild():
        return False
    try:
        build_base()
    except Busy:
        return False
    prune_feed()
    return True


def why_rebuild() -> str:
    """What speaks for a new base; empty when nothing does."""
    manifest = folder.read()
    if manifest is None or manifest.database != folder.this_database():
        return "missing"
    try:
        Index.open(folder.home() / manifest.folder)
    except (UnreadableIndex, OSError):
        return "unreadable"
    news = feed.since(manifest.snapshot)
    if len(news.agencies) > max(GROWN, GROWN_SHARE * manifest.names):
        return "grown"
    old = clocks.now().isoformat() > _later(manifest.built_at)
    return "old" if old and news.agencies else ""


def _later(moment: str) -> str:
    from datetime import datetime

    return (datetime.fromisoformat(moment) + OLDEST).isoformat()


def build_base() -> Manifest:
    """Read every name, build, save, and make it the current base for every process. Raises Busy."""
    folder.home().mkdir(parents=True, exist_ok=True)
    with _alone():
        began = time.monotonic()
        snapshot, entries = feed.every_name()
        index = Index.build(entries)
        name = f"base-{clocks.now():%Y%m%d%H%M%S}-{uuid.uuid4().hex[:8]}"
        draft = folder.home() / f"draft-{name}"
        index.save(draft)
        os.replace(draft, folder.home() / name)
        manifest = Manifest(
            folder=name,
            database=folder.this_database(),
            snapshot=snapshot,
            version=index.version,
            names=index.size,
            seconds=round(time.monotonic() - began, 2),
            built_at=clocks.now().isoformat(),
        )
        folder.write(manifest)
        _remove_old(name)
    return manifest


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One builder at a time; the lock goes with the process that held it."""
    with open(folder.home() / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield


def _remove_old(current: str) -> None:
    """Keep the current base and the one before, which a process may be opening; drafts of killed builders go."""
    bases = sorted(path for path in folder.home().glob("base-*") if path.name != current)
    drafts = list(folder.home().glob("draft-*"))
    for path in [*bases[: max(0, len(bases) - KEPT_BASES + 1)], *drafts]:
        shutil.rmtree(path, ignore_errors=True)


def prune_feed() -> int:
    """Drop rows of the feed that every process has long had in its base; returns how many."""
    manifest = folder.read()
    if manifest is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {NameChange._meta.db_table} WHERE at < %(before)s AND ("  # noqa: S608 - our own table
            "pg_visible_in_snapshot(txid::text::xid8, %(base)s::pg_snapshot) "
            "OR txid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)",
            {"before": clocks.now() - KEPT_FEED, "base": manifest.snapshot},
        )
        return int(cursor.rowcount)
