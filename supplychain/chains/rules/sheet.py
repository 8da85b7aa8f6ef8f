"""A sheet of a chain read into links: columns, cells, and what a row says. What stands in the chain is not asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from iris.core.cells import Unreadable, clean, country_of, plain
from supplychain.chains.rules import words
from supplychain.chains.rules.naming import is_no_name
from supplychain.chains.states import INTERMEDIARIES, FeeTerms, PartyKind, Shape

LONGEST = 300
Columns = dict[str, tuple[StrOrPromise, tuple[str, ...]]]
LINK_COLUMNS: Columns = {
    "since": (gettext_lazy("Since"), ("since", "from", "start", "start date", "valid from", "begin")),
    "until": (gettext_lazy("Until"), ("until", "to", "end", "end date", "valid to")),
    "workers": (
        gettext_lazy("Workers a year"),
        ("workers", "workers a year", "volume", "headcount", "number of workers"),
    ),
    "fee_terms": (gettext_lazy("Who pays"), ("fee terms", "fees", "who pays", "fee")),
    "contract": (gettext_lazy("Contract"), ("contract", "contract reference", "agreement", "reference")),
}
EDGE_COLUMNS: Columns = {
    "upper": (
        gettext_lazy("Upper party"),
        ("upper", "upper party", "buyer", "customer", "parent", "from party"),
    ),
    "upper_kind": (gettext_lazy("Kind of the upper party"), ("upper kind", "upper type", "parent type")),
    "upper_country": (gettext_lazy("Country of the upper party"), ("upper country", "parent country")),
    "lower": (
        gettext_lazy("Lower party"),
        ("lower", "lower party", "supplier", "child", "recruiter", "agency", "name"),
    ),
    "lower_kind": (
        gettext_lazy("Kind of the lower party"),
        ("lower kind", "lower type", "child type", "kind", "type"),
    ),
    "lower_country": (
        gettext_lazy("Country of the lower party"),
        ("lower country", "child country", "country"),
    ),
    "lower_number": (
        gettext_lazy("Licence number of the lower party"),
        ("lower number", "licence", "licence number", "license number", "registration number"),
    ),
    **LINK_COLUMNS,
}
TIERS = tuple(PartyKind)
TIER_COLUMNS: Columns = {
    **{kind.value: (kind.label, (plain(str(kind.label)), kind.value.replace("_", " "))) for kind in TIERS},
    **{f"{kind.value}_country": (f"{kind.label}: country", (f"{kind.value} country",)) for kind in TIERS},
    **LINK_COLUMNS,
}
COLUMNS: dict[Shape, Columns] = {Shape.EDGES: EDGE_COLUMNS, Shape.TIERS: TIER_COLUMNS}
NEEDED = {Shape.EDGES: ("upper", "upper_kind", "lower", "lower_kind"), Shape.TIERS: ()}


@dataclass(frozen=True)
class PartyCell:
    """A party as a row names it. `unnamed`: the row knows that there is one, and not who."""

    kind: PartyKind
    name: str
    country: str = ""
    number: str = ""
    unnamed: bool = False


@dataclass(frozen=True)
class LinkCells:
    """One link a row tells of."""

    upper: PartyCell
    lower: PartyCell
    since: date
    dated: bool = True  # whether the row tells the first day; else it is the day of the import
    until: date | None = None
    workers: int | None = None
    fee_terms: str = FeeTerms.UNKNOWN
    contract: str = ""


@dataclass
class ReadRow:
    """A row as it was understood, or the sentences that say why not. `header`: the column names stand here again."""

    number: int
    links: list[LinkCells] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    header: bool = False


def label_of(shape: Shape, name: str) -> str:
    """A column in words."""
    return str(COLUMNS[shape][name][0])


def known_header(shape: Shape, text: str) -> str:
    """Which of our columns a header means; empty for none."""
    word = plain(text)
    for name, (label, others) in COLUMNS[shape].items():
        if word in {plain(name), plain(str(label)), *others}:
            return name
    return ""


def guess_shape(columns: Sequence[str]) -> Shape:
    """Which way of writing a chain has more of its columns here."""
    ends = {known_header(Shape.EDGES, text) for text in columns} & {"upper", "lower"}
    tiers = [text for text in columns if known_header(Shape.TIERS, text) in {kind.value for kind in TIERS}]
    named = any(plain(text).startswith(("upper", "lower", "parent", "child")) for text in columns)
    return Shape.TIERS if len(tiers) > 1 and not (named and len(ends) == 2) else Shape.EDGES


def guess_mapping(shape: Shape, columns: Sequence[str]) -> dict[str, int]:
    """Our columns by their place; the first that fits."""
    mapping: dict[str, int] = {}
    for place, text in enumerate(columns):
        name = known_header(shape, text)
        if name and name not in mapping:
            mapping[name] = place
    return mapping


def mapping_problems(
    shape: Shape, mapping: Mapping[str, int], columns: Sequence[str]
) -> dict[str, list[str]]:
    """What is wrong with a choice of columns, by column of ours."""
    wrong: dict[str, list[str]] = {}
    for name in NEEDED[shape]:
        if name not in mapping:
            wrong[name] = [_("Choose the column that holds it.")]
    if shape == Shape.TIERS and sum(kind.value in mapping for kind in TIERS) < 2:
        wrong[PartyKind.SITE.value] = [_("Choose at least two tiers: a link joins two parties.")]
    used: dict[int, str] = {}
    for name, place in mapping.items():
        if not 0 <= place < len(columns):
            wrong[name] = [_("The sheet has no such column. Choose another.")]
        elif place in used:
            wrong[name] = [_("Each column can be used once. Choose another, or none.")]
        used[place] = name
    return wrong


def twice_named(columns: Sequence[str]) -> list[str]:
    """Column names that stand more than once."""
    seen: dict[str, int] = {}
    for text in columns:
        seen[plain(text)] = seen.get(plain(text), 0) + 1
    return [text for text in dict.fromkeys(columns) if seen[plain(text)] > 1]


def read_rows(
    shape: Shape,
    rows: Sequence[tuple[int, Sequence[str]]],
    mapping: Mapping[str, int],
    columns: Sequence[str],
    today: date,
) -> list[ReadRow]:
    """Every row, understood or with its sentences."""
    return [_read(shape, number, cells, mapping, columns, today) for number, cells in rows]


def _read(
    shape: Shape,
    number: int,
    cells: Sequence[str],
    mapping: Mapping[str, int],
    columns: Sequence[str],
    today: date,
) -> ReadRow:
    row = ReadRow(number)
    told = {name: clean(cells[place]) for name, place in mapping.items()}
    if told and all(text and plain(text) == plain(columns[mapping[name]]) for name, text in told.items()):
        row.header = True
        return row
    reader = _Reader(shape, row, told, columns, mapping)
    values = {
        "dated": bool(told.get("since")),
        "since": reader.get("since", lambda text: words.day_of(text, today)) or today,
        "until": reader.get("until", lambda text: words.day_of(text, today)),
        "workers": reader.get("workers", words.count_of),
        "fee_terms": reader.get("fee_terms", words.fee_terms_of) or FeeTerms.UNKNOWN,
        "contract": told.get("contract", "")[:120],
    }
    if values["dated"] and values["until"] and values["until"] < values["since"]:
        reader.wrong(
            "until",
            _("expected a day from %(since)s on, found %(until)s, fix one of the two")
            % {"since": values["since"].isoformat(), "until": values["until"].isoformat()},
        )
    row.links = _edges(reader, values) if shape == Shape.EDGES else _tiers(reader, values)
    if row.problems:
        row.links = []
    return row


class _Reader:
    def __init__(
        self,
        shape: Shape,
        row: ReadRow,
        told: Mapping[str, str],
        columns: Sequence[str],
        mapping: Mapping[str, int],
    ) -> None:
        self.shape, self.row, self.told, self.columns, self.mapping = shape, row, told, columns, mapping

    def wrong(self, name: str, text: str) -> None:
        column = self.columns[self.mapping[name]] if name in self.mapping else label_of(self.shape, name)
        self.row.problems.append(
            _("Row %(row)s, %(column)s: %(text)s.") % {"row": self.row.number, "column": column, "text": text}
        )

    def get(self, name: str, read: Callable[[str], Any]) -> Any:
        if name not in self.told:
            return None
        try:
            return read(self.told[name])
        except Unreadable as error:
            self.wrong(name, str(error))
            return None

    def party(self, name: str, kind: PartyKind | None, country: str, number: str = "") -> PartyCell | None:
        """The party a cell names; None where something about it was wrong."""
        text = self.told.get(name, "")
        if len(text) > LONGEST:
            self.wrong(
                name,
                _("expected a name of at most 300 characters, found %(n)s, shorten it")
                % {"n": f"{len(text):,}"},
            )
            return None
        if any(not char.isprintable() for char in text):
            self.wrong(name, _("expected a name, found a character that cannot be printed, type it again"))
            return None
        place = self.get(country, country_of) or ""
        if kind is None:
            return None
        if is_no_name(text):
            if kind not in INTERMEDIARIES:
                self.wrong(
                    name,
                    _(
                        "expected a name, found “%(found)s”, fill it in; only a recruiter or sub-agent may be unknown"
                    )
                    % {"found": text},
                )
                return None
            return PartyCell(kind, "", place, "", True)
        return PartyCell(kind, text, place, self.told.get(number, "")[:80])


def _edges(reader: _Reader, values: Mapping[str, Any]) -> list[LinkCells]:
    upper = reader.party("upper", reader.get("upper_kind", words.kind_of), "upper_country")
    lower = reader.party("lower", reader.get("lower_kind", words.kind_of), "lower_country", "lower_number")
    if upper is None or lower is None:
        return []
    if not upper.unnamed and same_party(upper, lower):
        reader.wrong(
            "lower",
            _("expected another party than the upper one, found “%(name)s” below itself, fix one of the two")
            % {"name": lower.name},
        )
    return [LinkCells(upper, lower, **values)]


def _tiers(reader: _Reader, values: Mapping[str, Any]) -> list[LinkCells]:
    """Neighbouring filled cells are links; workers, fees and contract are those of the lowest one."""
    parties = [
        party
        for kind in TIERS
        if reader.told.get(kind.value)
        and (party := reader.party(kind.value, kind, f"{kind.value}_country")) is not None
    ]
    if len(parties) < 2 and not reader.row.problems:
        reader.row.problems.append(
            _(
                "Row %(row)s: expected at least two tiers filled, found %(found)s, fill in who stands above or below."
            )
            % {"row": reader.row.number, "found": len(parties)}
        )
    links = []
    for place, (upper, lower) in enumerate(pairwise(parties)):
        last = place == len(parties) - 2
        own = values if last else {name: values[name] for name in ("since", "dated", "until")}
        links.append(LinkCells(upper, lower, **own))
    return links


def same_party(one: PartyCell, two: PartyCell) -> bool:
    """The same kind and name, and no two different countries."""
    if one.unnamed or two.unnamed:
        return False
    same = one.kind == two.kind and one.name.casefold() == two.name.casefold()
    return same and (one.country == two.country or not one.country or not two.country)
