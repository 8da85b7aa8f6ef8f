"""Registers and queries as tab-separated files: read with a sentence for every bad line, judged, written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iris.matching.entry import Entry

LONGEST_LINE = 100_000  # characters


class BadFile(Exception):
    """A file that cannot be read at all; the message says which, what was expected and what to do."""


@dataclass(frozen=True)
class Query:
    """One line of a query file, its number from 1; `accepted` is empty where nothing may be found."""

    n: int
    kind: str
    text: str
    country: str
    accepted: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What was found for a query: ids and scores best first, and the microseconds it took."""

    n: int
    kind: str
    outcome: str
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    micros: int

    @property
    def line(self) -> str:
        """As it stands in OUT.tsv."""
        scores = ",".join(f"{score:.4f}" for score in self.scores)
        return "\t".join((str(self.n), self.kind, self.outcome, ",".join(self.ids), scores, str(self.micros)))


def _lines(path: Path, bad: list[str]) -> Iterator[tuple[int, list[str]]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(
            f"{path}: cannot be read ({error.strerror}). Give the path of a tab-separated file."
        ) from error
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        raw = raw.removesuffix(b"\r")
        if not raw.strip():
            continue
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            bad.append(
                f"{path}, line {number}: expected UTF-8, found byte 0x{raw[error.start]:02x} at {error.start + 1};"
                " save the file as UTF-8. The byte was replaced."
            )
            line = raw.decode("utf-8", "replace")
        yield number, line.replace("\0", " ")[:LONGEST_LINE].split("\t")


def read_register(path: Path) -> tuple[list[Entry], list[str]]:
    """The names of a register (id, name, country, source) and a sentence for every line left out."""
    entries: list[Entry] = []
    bad: list[str] = []
    for number, fields in _lines(path, bad):
        if len(fields) < 2 or len(fields) > 4:
            bad.append(
                f"{path}, line {number}: expected id, name, country, source separated by tabs, found"
                f" {len(fields)} column{'' if len(fields) == 1 else 's'}; write the line with 3 tabs. It was left out."
            )
            continue
        if not fields[0].strip() or "," in fields[0]:
            bad.append(
                f"{path}, line {number}: expected an id without a comma, found {fields[0]!r}; give the line an id of"
                " its own. It was left out."
            )
            continue
        if not fields[1].strip():
            bad.append(f"{path}, line {number}: expected a name, found none; fill column 2. It was left out.")
            continue
        country = fields[2].strip() if len(fields) > 2 else ""
        entries.append(Entry(fields[0].strip(), fields[1], "legal", country))
    if not entries:
        raise BadFile(
            f"{path}: expected lines of id, name, country, source separated by tabs, found none to use."
        )
    return entries, bad


def read_queries(path: Path) -> tuple[list[Query], list[str]]:
    """The queries (class, query, truth, country, accepted) and a sentence for every line that is not whole."""
    queries: list[Query] = []
    bad: list[str] = []
    for number, fields in _lines(path, bad):
        if not 2 <= len(fields) <= 5:
            bad.append(
                f"{path}, line {number}: expected class, query, truth, country, accepted separated by tabs, found"
                f" {len(fields)} column{'' if len(fields) == 1 else 's'}; write the line with 4 tabs. It was left out."
            )
            continue
        kind, text, truth, country, accepted = (*fields, "", "", "")[:5]
        wanted = {one.strip() for one in (*accepted.split(","), truth)} - {"", "-1", "-"}
        queries.append(Query(number, kind.strip() or "-", text, country.strip(), frozenset(wanted)))
    if not queries:
        raise BadFile(
            f"{path}: expected lines of class, query, truth, country, accepted separated by tabs, found none to use."
        )
    return queries, bad
