"""Counts and shares as they may be shown: nothing below the floor, and nothing from which it could be computed.

People are counted, not talks: a group of six is six. An answer is counted once for each interview that gave it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from audits.engagements.models import Audit
from audits.engagements.states import IntervieweeKind
from iris.core import clocks
from iris.core.charts import StackedBars, stacked_bars

from .. import rules
from ..models import EmploymentCheck, Interview, Statement
from ..rules import Cell, Node, suppress
from ..states import Employment, InterviewState, Mode, Sex


@dataclass(frozen=True)
class CountRow:
    """People of one kind spoken with in one way; None where the number is hidden."""

    kind: str
    mode: str
    sex: str
    held: int | None

    @property
    def mode_label(self) -> str:
        """The way, in words."""
        return str(Mode(self.mode).label)

    @property
    def sex_label(self) -> str:
        """The sex, in words."""
        return str(Sex(self.sex).label)


@dataclass(frozen=True)
class KindRow:
    """People of one kind; None where the number is hidden, with the cells under it where there are records."""

    kind: IntervieweeKind
    held: int | None
    note: str = ""
    cells: list[CountRow] = field(default_factory=list)
    counted: bool = True


@dataclass(frozen=True)
class Counts:
    """The whole table. `total` is None where it is hidden."""

    kinds: list[KindRow]
    total: int | None
    floor: int
    suppressed: bool

    @property
    def rows(self) -> list[CountRow]:
        """Every cell of the table."""
        return [cell for kind in self.kinds for cell in kind.cells]


@dataclass(frozen=True)
class Share:
    """How many interviews gave one answer; both None where hidden."""

    code: str
    label: str
    n: int | None
    percent: int | None
    against: bool
    sign: bool


@dataclass(frozen=True)
class Shares:
    """The answers to one question over all interviews that answered it; n is None below the floor."""

    question: rules.Question
    n: int | None
    answers: list[Share]

    @property
    def shown(self) -> list[Share]:
        """Answers whose number may be shown."""
        return [one for one in self.answers if one.n is not None]


def held_by_kind(audit: Audit) -> dict[str, int]:
    """People spoken with in held interviews by kind, as they are: for the gate and the desk, not for a reader."""
    rows = (
        Interview.objects.filter(audit=audit, state=InterviewState.HELD)
        .values("kind")
        .annotate(n=Sum("people"))
        .order_by()
    )
    return {row["kind"]: row["n"] for row in rows}


def counts(audit: Audit) -> Counts:
    """Held interviews by kind, mode and sex, cells below the floor suppressed, and what would give them away too."""
    floor = clocks.number("aggregate_floor")
    cells: dict[str, list[Cell]] = defaultdict(list)
    rows = (
        Interview.objects.filter(audit=audit, state=InterviewState.HELD)
        .values("kind", "mode", "sex")
        .annotate(n=Sum("people"))
        .order_by("kind", "mode", "sex")
    )
    for row in rows:
        cells[row["kind"]].append(Cell((row["kind"], row["mode"], row["sex"]), row["n"]))
    by_hand = {one.kind: one for one in audit.interviews.all()}
    parts = []
    for kind in IntervieweeKind:
        own = cells.get(kind, [])
        n = sum(cell.n for cell in own) or (by_hand[kind].held if kind in by_hand else 0)
        parts.append(Node(kind, n, parts=own))
    whole = suppress(Node("all", sum(part.n for part in parts), parts=parts), floor)
    return Counts(
        kinds=[
            KindRow(
                kind=part.key,
                held=part.shown,
                note=by_hand[part.key].note if part.key in by_hand and not part.n else "",
                cells=[
                    CountRow(kind=cell.key[0], mode=cell.key[1], sex=cell.key[2], held=cell.shown)
                    for cell in part.parts
                ],
                counted=part.key in by_hand or bool(part.parts),
            )
            for part in parts
        ],
        total=whole.shown,
        floor=floor,
        suppressed=whole.hidden or any(_any_hidden(part) for part in parts),
    )


def _any_hidden(part: Node) -> bool:
    return part.hidden or any(cell.hidden for cell in part.parts)


def counted_by_kind(audit: Audit) -> list[KindRow]:
    """Every kind with its number as a report may show it."""
    return counts(audit).kinds


def aggregates(audit: Audit) -> list[Shares]:
    """The share of each answer to each question, from the floor up; questions nobody answered are left out."""
    floor = clocks.number("aggregate_floor")
    guide = rules.guide()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = (
        Statement.objects.filter(interview__audit=audit, interview__state=InterviewState.HELD)
        .values("question", "answer")
        .annotate(n=Count("id"))
        .order_by()
    )
    for row in rows:
        found[row["question"]][row["answer"]] = row["n"]
    return [
        _shares(question, found[question.id], floor)
        for question in guide.questions.values()
        if question.id in found
    ]


def _shares(question: rules.Question, given: Mapping[str, int], floor: int) -> Shares:
    cells = [Cell(code, given[code]) for code in question.answers if given.get(code)]
    whole = suppress(Node(question.id, sum(cell.n for cell in cells), parts=cells), floor)
    hidden = {cell.key for cell in cells if cell.hidden}
    words = rules.guide().answers
    answers = []
    for code in question.answers:
        n = None if code in hidden or whole.hidden else given.get(code, 0)
        percent = None if n is None or not whole.n else round(100 * n / whole.n)
        answers.append(
            Share(
                code=code,
                label=words[code],
                n=n,
                percent=percent,
                against=code in question.against,
                sign=code in question.signs,
            )
        )
    return Shares(question=question, n=whole.shown, answers=answers)


def share_chart(audit: Audit) -> StackedBars:
    """Stacked bars for a report: only questions whose every answer may be shown."""
    rows: list[dict[str, Any]] = []
    for one in aggregates(audit):
        if one.n is None or any(share.n is None for share in one.answers):
            continue
        tally = {"yes": 0, "partly": 0, "no": 0, "na": 0}
        for share in one.answers:
            held = share.n or 0
            if share.code in ("unsure", "silent"):
                tally["na"] += held
            elif share.code == "some":
                tally["partly"] += held
            else:
                tally["no" if share.against else "yes"] += held
        rows.append({"code": str(len(rows) + 1), "label": one.question.text, **tally})
    return stacked_bars(rows)


def signs(audit: Audit) -> list[tuple[int, str, int]]:
    """Signs of the ILO's list told in at least the floor's number of interviews: number, words, interviews."""
    floor = clocks.number("aggregate_floor")
    rows = (
        Statement.objects.filter(
            interview__audit=audit, interview__state=InterviewState.HELD, ilo__isnull=False
        )
        .values("ilo")
        .annotate(n=Count("interview", distinct=True))
        .order_by("ilo")
    )
    words = rules.guide().ilo
    told = [(int(row["ilo"]), row["n"]) for row in rows if row["ilo"] is not None and row["n"] >= floor]
    return [(number, words[number], count) for number, count in told]


def employment_counts(audit: Audit) -> list[tuple[Employment, int | None]]:
    """What became of those interviewed in the audit before, from the floor up."""
    found = {
        row["outcome"]: row["n"]
        for row in EmploymentCheck.objects.filter(audit=audit)
        .values("outcome")
        .annotate(n=Count("id"))
        .order_by()
    }
    cells = [Cell(outcome, found[outcome]) for outcome in Employment if found.get(outcome)]
    suppress(Node("all", sum(cell.n for cell in cells), parts=cells), clocks.number("aggregate_floor"))
    shown = {cell.key: cell.shown for cell in cells}
    return [(outcome, shown.get(outcome, 0)) for outcome in Employment] if cells else []
