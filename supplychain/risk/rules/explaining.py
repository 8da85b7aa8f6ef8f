"""The method in words, for its page: every input with every answer and its badness."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iris.core.errors import Text
from supplychain.risk.rules.method import Gauge, methods
from supplychain.risk.rules.scoring import Weights
from supplychain.risk.rules.words import BASE_LEVELS, LEVELS
from supplychain.risk.states import Band, CorridorInput, Input, SectorInput

UPTO: dict[str, Text] = {
    "hops": gettext_lazy("%(n)s or fewer"),
    "checked": gettext_lazy("within %(n)s days"),
    "cost_months": gettext_lazy("%(n)s months of pay or less"),
}
MORE: dict[str, Text] = {
    "hops": gettext_lazy("more than %(n)s"),
    "checked": gettext_lazy("more than %(n)s days ago"),
    "cost_months": gettext_lazy("more than %(n)s months"),
}


@dataclass(frozen=True)
class MethodRow:
    """One input: its answers with their badness, what unknown counts, and its weight."""

    code: str
    label: Text
    weight: int
    own: int | None
    unknown: int
    answers: list[tuple[Text, int]]


@dataclass(frozen=True)
class MethodTable:
    """One score: of a recruiter, a corridor or a sector."""

    key: str
    title: Text
    text: Text
    rows: list[MethodRow]
    total: int
    own_total: int | None


def bands_in_words() -> list[tuple[Band, int, int]]:
    """Each band with its first and last point."""
    starts = sorted((start, Band(code)) for code, start in methods()[-1].bands.items())
    ends = [start - 1 for start, _band in starts[1:]] + [100]
    return [(band, start, end) for (start, band), end in zip(starts, ends, strict=True)]


def floors_in_words() -> list[tuple[Text, Text, int]]:
    """Each answer that lifts a score: its input, its words, and to how many points."""
    found: list[tuple[Text, Text, int]] = []
    for key, points in methods()[-1].floors.items():
        code, level = key.split(".")
        found.append((Input(code).label, LEVELS[(code, level)][0], points))
    return found


def method_tables(own: Weights | None = None) -> list[MethodTable]:
    """The three scores, with an employer's own weights beside the scheme's where it has some."""
    method = methods()[-1]
    values = own.values if own is not None and own.own else None
    party = [
        _row(Input(code).label, gauge, values.get(code) if values else None)
        for code, gauge in method.inputs.items()
    ]
    return [
        MethodTable(
            "party",
            gettext_lazy("A recruiter in your chain"),
            gettext_lazy("The weights of this table are the ones you can change."),
            party,
            sum(row.weight for row in party),
            sum(values.values()) if values else None,
        ),
        _base(
            "corridor",
            gettext_lazy("A corridor"),
            gettext_lazy("The base risk of a corridor is one input of a recruiter's score."),
            [_row(CorridorInput(code).label, gauge, None) for code, gauge in method.corridor.items()],
        ),
        _base(
            "sector",
            gettext_lazy("A sector"),
            gettext_lazy("The base risk of a sector is one input of a recruiter's score."),
            [_row(SectorInput(code).label, gauge, None) for code, gauge in method.sector.items()],
        ),
    ]


def _base(key: str, title: Text, text: Text, rows: list[MethodRow]) -> MethodTable:
    return MethodTable(key, title, text, rows, sum(row.weight for row in rows), None)


def _row(label: Text, gauge: Gauge, own: int | None) -> MethodRow:
    kind = gauge.code.removesuffix("_origin").removesuffix("_destination")
    answers: list[tuple[Text, int]] = [
        (LEVELS.get((gauge.code, level), BASE_LEVELS.get((kind, level), (level, "")))[0], badness)
        for level, badness in gauge.levels.items()
    ]
    last = None
    for upto, badness in gauge.steps:
        answers.append(
            (
                (UPTO[kind] if upto is not None else MORE[kind]) % {"n": last if upto is None else upto},
                badness,
            )
        )
        last = upto
    if not answers:
        answers = [(_("its base risk, from 0 to"), 100)]
    return MethodRow(gauge.code, label, gauge.weight, own, gauge.unknown, answers)
