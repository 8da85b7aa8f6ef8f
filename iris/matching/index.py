"""An index of names: built once, saved, opened by every process, changed by small steps, searched by many threads."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from iris.matching.normalise import parts, tokens
from iris.matching.outcome import Candidate, Result, Thresholds, decide

FORMAT = "iris-names-0"
CANDIDATES = 64
COMMONEST = 20_000


class UnreadableIndex(Exception):
    """A folder that is no index of this version; the message says which was expected and what was found."""


@dataclass(frozen=True)
class Entry:
    """One name of one thing. Several entries may share an `id`: trading, former and local names are rows."""

    id: str
    name: str
    kind: str = "legal"
    country: str = ""


def _grams(name: str) -> set[str]:
    joined = "".join(tokens(name).words or tokens(name).legal)
    return {joined[at : at + 3] for at in range(max(1, len(joined) - 2))} if joined else set()


class Index:
    """Names to search. Immutable: `apply` makes a new one that shares what did not change."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for at, entry in enumerate(self._entries):
            for gram in {gram for part in parts(entry.name) for gram in _grams(part)}:
                self._postings[gram].append(at)
        lines = "\n".join(json.dumps([e.id, e.name, e.kind, e.country]) for e in self._entries)
        self._digest = hashlib.sha256(lines.encode()).hexdigest()[:16]

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> "Index":
        """Make an index of the entries."""
        return cls(list(entries))

    @property
    def size(self) -> int:
        """How many names it holds."""
        return len(self._entries)

    @property
    def version(self) -> str:
        """The kernel's format and a digest of the content."""
        return f"{FORMAT}-{self._digest}"

    def save(self, folder: Path | str) -> None:
        """Write it to a folder (made when missing)."""
        where = Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        rows = [[entry.id, entry.name, entry.kind, entry.country] for entry in self._entries]
        (where / "index.json").write_text(json.dumps({"format": FORMAT, "rows": rows}), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path | str) -> "Index":
        """Open a saved index. UnreadableIndex when it is of another format."""
        file = Path(folder) / "index.json"
        if not file.is_file():
            raise UnreadableIndex(f"{folder}: no saved index of names is here; build and save one first.")
        saved = json.loads(file.read_text(encoding="utf-8"))
        if saved.get("format") != FORMAT:
            raise UnreadableIndex(
                f"{folder}: expected format {FORMAT}, found {saved.get('format')}; build the index again."
            )
        return cls([Entry(*row) for row in saved["rows"]])

    def apply(self, added: Iterable[Entry], removed: Iterable[str]) -> "Index":
        """A new index: every entry of the ids in `removed` goes, then `added` come."""
        gone = set(removed)
        return Index([entry for entry in self._entries if entry.id not in gone] + list(added))

    def _candidates(self, query: str) -> list[Candidate]:
        counts: dict[int, float] = defaultdict(float)
        for gram in _grams(query):
            rows = self._postings.get(gram, ())
            if 0 < len(rows) <= COMMONEST:
                for at in rows:
                    counts[at] += 1.0 / (1.0 + len(rows) ** 0.5)
        best = sorted(counts, key=lambda at: (-counts[at], at))[:CANDIDATES]
        return [Candidate(e.id, e.name, e.kind, e.country) for e in (self._entries[at] for at in best)]

    def search(
        self, query: str, *, country: str = "", limit: int = 10, thresholds: Thresholds | None = None
    ) -> Result:
        """Search one name. `country` (ISO 3166-1 alpha-2) lifts a match, it never hides one."""
        return decide(
            query,
            self._candidates(query),
            country=country,
            thresholds=thresholds or Thresholds(),
            limit=limit,
        )

    def search_many(self, queries: Sequence[tuple[str, str]], *, limit: int = 10) -> list[Result]:
        """Search many (name, country) pairs, answers in their order."""
        return [self.search(query, country=country, limit=limit) for query, country in queries]


def warm() -> None:
    """Load what the first search would otherwise wait for."""
    Index.build([Entry("0", "Warm")]).search("warm")
