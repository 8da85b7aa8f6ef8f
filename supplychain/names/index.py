"""The index as one process sees it: the shared base from disk, and on top of it what changed since.

Reading is free of locks: a search takes the state that is there. Only who brings it up to date waits for others.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from iris.matching import Index, Result, UnreadableIndex, warm
from supplychain.names import feed, folder
from supplychain.names.folder import Manifest

log = logging.getLogger(__name__)
COLD = "trigram"


@dataclass(frozen=True)
class NameIndex:
    """What a search asks. Not `ready` while the index is cold: then PostgreSQL answers, slower and as completely."""

    index: Index | None = None
    version: str = COLD

    @property
    def ready(self) -> bool:
        """Whether the index answers."""
        return self.index is not None

    @property
    def size(self) -> int:
        """How many names it holds."""
        return self.index.size if self.index else 0

    def search_many(self, questions: Sequence[tuple[str, str]], limit: int) -> list[Result]:
        """Search (name, country) pairs; only for a ready index."""
        if self.index is None:
            raise RuntimeError("The index is cold: ask names.selectors, which falls back to PostgreSQL.")
        if len(questions) == 1:
            text, country = questions[0]
            return [self.index.search(text, country=country, limit=limit)]
        return self.index.search_many(questions, limit=limit)


@dataclass(frozen=True)
class _State:
    stamp: tuple[int, int]
    manifest: Manifest
    index: Index
    snapshot: str
    applied: int = 0

    @property
    def version(self) -> str:
        return f"{self.manifest.version}+{self.applied}"


class _Process:
    """The one state of this process."""

    def __init__(self) -> None:
        self.held: _State | None = None
        self.lock = threading.Lock()
        self.loading: threading.Thread | None = None
        self.warm = False
        self.refused: tuple[int, int] | None = None


_process = _Process()


def forget() -> None:
    """Drop what this process holds (tests, and after a fork)."""
    _process.held = None
    _process.refused = None


def take_as_warm() -> None:
    """The kernel counts as loaded: a base that appears is opened by the search that finds it (tests)."""
    _process.warm = True


def current(wait: bool = False) -> NameIndex:
    """The index with everything committed until now. `wait` loads a cold one here instead of beside."""
    stamp = folder.stamp()
    if stamp is None or stamp == _process.refused:
        return NameIndex()
    state = _process.held
    if state is None or state.stamp != stamp:
        if not (wait or _process.warm):
            warm_beside()
            return NameIndex()
        state = _load(stamp)
        if state is None:
            return NameIndex()
    return _refreshed(state)


def warm_beside() -> None:
    """Load kernel and base in a thread, so that nobody waits for the first search."""
    if _process.loading is None or not _process.loading.is_alive():
        _process.loading = threading.Thread(target=_warm, name="names-index", daemon=True)
        _process.loading.start()


def _warm() -> None:
    try:
        stamp = folder.stamp()
        if stamp is not None:
            warm()
            _load(stamp)
            _process.warm = True
    except Exception:  # a cold index is no error for a search: it falls back
        log.exception("The index of names could not be loaded")
    finally:
        connection.close()


def _load(stamp: tuple[int, int]) -> _State | None:
    """Open the base of the manifest; None when it is of another database or another version of the kernel."""
    with _process.lock:
        state = _process.held
        if state is not None and state.stamp == stamp:
            return state
        manifest = folder.read()
        if manifest is None or manifest.database != folder.this_database():
            _process.refused = stamp
            return None
        try:
            index = Index.open(folder.home() / manifest.folder)
        except (UnreadableIndex, OSError) as error:
            log.warning("The base of the index of names is not used: %s", error)
            _process.refused = stamp
            return None
        _process.held = _State(stamp, manifest, index, manifest.snapshot)
        return _process.held


def _refreshed(state: _State) -> NameIndex:
    """Take up what was committed since the last use."""
    news = feed.since(state.snapshot)
    if news.too_much:
        return NameIndex()
    if not news.agencies:
        return NameIndex(state.index, state.version)
    if news.writing:
        # What this very transaction wrote may be rolled back: it is seen by this search and kept by nobody.
        return NameIndex(_applied(state.index, news), f"{state.version}+")
    with _process.lock:
        latest = _process.held or state
        if latest is not state:
            news = feed.since(latest.snapshot)
        index = _applied(latest.index, news) if news.agencies else latest.index
        applied = latest.applied + len(news.agencies)
        _process.held = _State(latest.stamp, latest.manifest, index, news.snapshot, applied)
        return NameIndex(index, _process.held.version)


def _applied(index: Index, news: feed.News) -> Index:
    return index.apply(feed.names_of(news.agencies), [str(one) for one in news.agencies])
