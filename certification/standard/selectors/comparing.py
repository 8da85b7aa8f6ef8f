"""Two editions side by side: what came, what went, what reads otherwise and where things moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Criterion, Edition, Indicator
from ..rules.comparing import Words, word_changes
from ..rules.succession import same_words
from ..states import Element, Severity
from .editions import tree
from .succession import origins


class RowKind(models.TextChoices):
    """What became of one indicator."""

    ADDED = "added", _("New")
    REMOVED = "removed", _("Fell away")
    CHANGED = "changed", _("Changed")
    MOVED = "moved", _("Moved")
    UNCHANGED = "unchanged", _("Unchanged")


TEXTS: tuple[tuple[str, Promise], ...] = (
    ("text", _("Text")),
    ("question", _("Question")),
    ("guidance", _("What good looks like")),
    ("applicable", _("When it may not apply")),
)


@dataclass(frozen=True)
class TextChange:
    """One text that reads otherwise, word by word."""

    label: Promise
    words: list[Words]


@dataclass(frozen=True)
class FactChange:
    """One fact that is another."""

    label: Promise
    before: str | Promise
    after: str | Promise


@dataclass(frozen=True)
class Row:
    """One indicator of either edition."""

    kind: RowKind
    code: str
    indicator: Indicator
    before: tuple[Indicator, ...] = ()
    texts: list[TextChange] = field(default_factory=list)
    facts: list[FactChange] = field(default_factory=list)
    why: str = ""
    now: tuple[Indicator, ...] = ()  # where an indicator that left this place is found now

    @property
    def key(self) -> str:
        """A name of its own on the page."""
        return f"{'old-' if self.kind == RowKind.REMOVED or self.now else ''}{self.code}"


@dataclass
class CriterionChange:
    """One criterion with its rows; `kind` tells what became of the criterion itself."""

    kind: RowKind
    criterion: Criterion
    title: list[Words] = field(default_factory=list)
    text: list[Words] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def changes(self) -> list[Row]:
        """Rows that are not as they were."""
        return [row for row in self.rows if row.kind != RowKind.UNCHANGED]

    @property
    def unchanged(self) -> list[Row]:
        """Rows that are as they were."""
        return [row for row in self.rows if row.kind == RowKind.UNCHANGED]

    @property
    def as_it_was(self) -> bool:
        """Whether nothing in it changed."""
        return self.kind == RowKind.UNCHANGED and not self.changes


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two editions."""

    old: Edition
    new: Edition
    criteria: list[CriterionChange]

    @property
    def changed(self) -> list[CriterionChange]:
        """Criteria with something to read."""
        return [row for row in self.criteria if not row.as_it_was]

    @property
    def unchanged(self) -> list[CriterionChange]:
        """Criteria in which all stands as it stood."""
        return [row for row in self.criteria if row.as_it_was]

    def count(self) -> dict[str, int]:
        """How many indicators of each kind; one that left for another place counts where it is now."""
        rows = (row for part in self.criteria for row in part.rows if not row.now)
        found = Counter(row.kind.value for row in rows)
        return {kind: found[kind] for kind in RowKind.values}

    def count_criteria(self) -> dict[str, int]:
        """How many criteria came and went."""
        found = Counter(part.kind.value for part in self.criteria)
        return {kind: found[kind] for kind in RowKind.values}


def compare(old: Edition, new: Edition) -> Comparison:
    """The older edition against the newer one. Eight queries, whatever the size."""
    before = {row.code: row for row in _criteria(old)}
    after = _criteria(new)
    builder = _Builder(old, new, before, after)
    parts = [builder.criterion(row) for row in after]
    seen = {part.criterion.code for part in parts}
    parts += [builder.lost(row) for code, row in before.items() if code not in seen]
    return Comparison(old, new, parts)


def _criteria(edition: Edition) -> list[Criterion]:
    return [criterion for principle in tree(edition) for criterion in principle.criteria.all()]


class _Builder:
    """What is known of both editions, read once."""

    def __init__(
        self, old: Edition, new: Edition, before: dict[str, Criterion], after: list[Criterion]
    ) -> None:
        self.old, self.new, self.before = old, new, before
        self.olds = {row.code: row for part in before.values() for row in part.indicators.all()}
        self.origins = origins(old, new)
        self.why = {row["code"]: str(row["why"]) for row in new.removed}
        self.placed: dict[str, list[Indicator]] = {}
        for part in after:
            for row in part.indicators.all():
                for code in self.origins.get(row.code, ()):
                    self.placed.setdefault(code, []).append(row)

    def criterion(self, criterion: Criterion) -> CriterionChange:
        """A criterion of the newer edition, with what left it."""
        was = self.before.get(criterion.code)
        part = CriterionChange(RowKind.ADDED if was is None else RowKind.UNCHANGED, criterion)
        if was is not None:
            part.title, part.text = _changes(was, criterion, "title"), _changes(was, criterion, "text")
            if part.title or part.text:
                part.kind = RowKind.CHANGED
        part.rows = [self.row(row) for row in criterion.indicators.all()]
        if was is not None:
            part.rows += self.left(was.indicators.all())
        return part

    def lost(self, criterion: Criterion) -> CriterionChange:
        """A criterion the newer edition does not have."""
        return CriterionChange(RowKind.REMOVED, criterion, rows=self.left(criterion.indicators.all()))

    def left(self, olds: Iterable[Indicator]) -> list[Row]:
        """Indicators that are not found any more under their code."""
        rows = []
        for row in olds:
            now = tuple(self.placed.get(row.code, ()))
            if not now:
                rows.append(Row(RowKind.REMOVED, row.code, row, why=self.why.get(row.code, "")))
            elif row.code not in {one.code for one in now}:
                rows.append(Row(RowKind.MOVED, row.code, row, now=now))
        return rows

    def row(self, row: Indicator) -> Row:
        """An indicator of the newer edition."""
        before = tuple(self.olds[code] for code in self.origins.get(row.code, ()) if code in self.olds)
        if not before:
            return Row(RowKind.ADDED, row.code, row)
        texts = [
            TextChange(label, words) for name, label in TEXTS if (words := _changes(before[0], row, name))
        ]
        facts = list(_facts(before[0], row))
        if texts or facts or len(before) > 1:
            return Row(RowKind.CHANGED, row.code, row, before, texts, facts)
        kind = RowKind.UNCHANGED if before[0].code == row.code else RowKind.MOVED
        return Row(kind, row.code, row, before)


def _changes(before: Criterion | Indicator, after: Criterion | Indicator, name: str) -> list[Words]:
    one, other = str(getattr(before, name)), str(getattr(after, name))
    return [] if same_words(one, other) else word_changes(one, other)


def _facts(before: Indicator, after: Indicator) -> Iterable[FactChange]:
    if before.severity != after.severity:
        yield FactChange(
            _("Usual grade when not met"),
            str(Severity(before.severity).label),
            str(Severity(after.severity).label),
        )
    if before.element != after.element:
        yield FactChange(_("Element"), str(Element(before.element).label), str(Element(after.element).label))
    olds = [before.criterion.principle.edition.evidence_label(kind) for kind in before.evidence]
    news = [after.criterion.principle.edition.evidence_label(kind) for kind in after.evidence]
    if sorted(olds) != sorted(news):
        yield FactChange(_("What can show it"), ", ".join(olds), ", ".join(news))
