"""What a returned workbook would change, against the audit as it is now: cell by cell, from three sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements.models import Audit, IndicatorNote
from audits.engagements.states import IntervieweeKind, Stage
from audits.findings.models import Finding
from iris.core.models import Event

from ..models import Kit, KitReturn
from ..rules import rows as checks
from ..rules import shape
from ..rules.merge import Choice, Outcome, merged, outcome
from .snapshot import Rows, editable


@dataclass(frozen=True)
class Changed:
    """Who changed something here last, and when."""

    who: str
    when: Any


@dataclass
class Cell:
    """One cell that the workbook changed, with its three values."""

    row: str
    name: str
    cell: str
    base: str
    theirs: str
    ours: str
    wrong: str = ""
    choice: Choice | None = None

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        return outcome(self.base, self.theirs, self.ours)

    @property
    def is_conflict(self) -> bool:
        """Whether it changed on both sides."""
        return self.outcome == Outcome.CONFLICT

    @property
    def is_open(self) -> bool:
        """Whether it waits for a choice."""
        return self.is_conflict and self.value is None

    @property
    def value(self) -> str | None:
        """What stands after the merge; None while a choice is missing."""
        return merged(self.base, self.theirs, self.ours, self.choice)

    @property
    def stale_choice(self) -> bool:
        """Whether a choice was made for a value that has changed here since."""
        return self.choice is not None and self.choice.here != self.ours

    @property
    def key(self) -> str:
        """Its name in forms and in what is kept."""
        return f"{self.row}/{self.name}"

    @property
    def slug(self) -> str:
        """Its name in a form."""
        return shape.mark(self.key)

    @property
    def seen(self) -> str:
        """A mark of the value here, to notice when it changes while somebody looks."""
        return shape.mark(self.ours)

    @property
    def label(self) -> str:
        """What the cell is about."""
        return str(shape.column_of(shape.kind_of(self.row), self.name).head)

    def words(self, value: str) -> str:
        """A value as people read it."""
        return shape.written(shape.kind_of(self.row), self.name, value)

    @property
    def base_words(self) -> str:
        """What it said at the download."""
        return self.words(self.base)

    @property
    def their_words(self) -> str:
        """What the workbook says."""
        return self.words(self.theirs)

    @property
    def result_words(self) -> str:
        """What would stand; the workbook's own while a choice is missing."""
        return self.words(self.theirs if self.value is None else self.value)

    @property
    def our_words(self) -> str:
        """What it says here."""
        return self.words(self.ours)


@dataclass
class Row:
    """One row that the workbook changed."""

    row: str
    sheet: str
    about: str
    cells: list[Cell] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    at: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    gone: str = ""
    changed: Changed | None = None
    url: str = ""

    @property
    def kind(self) -> str:
        """Which sheet it is of."""
        return shape.kind_of(self.row)

    @property
    def own(self) -> str:
        """What it is about, as a name."""
        return shape.own_of(self.row)

    @property
    def conflicts(self) -> list[Cell]:
        """Cells that changed on both sides."""
        return [cell for cell in self.cells if cell.is_conflict]

    @property
    def open_conflicts(self) -> list[Cell]:
        """Cells that wait for a choice."""
        return [cell for cell in self.cells if cell.is_open]

    @property
    def takes(self) -> list[Cell]:
        """Cells whose text here changes when the return is applied."""
        return [cell for cell in self.cells if cell.value is not None and cell.value != cell.ours]

    @property
    def problems(self) -> list[str]:
        """Why it is left out, each with its cell."""
        if self.gone:
            return [self.gone]
        sheet = self.sheet
        return [f"{sheet}!{self.at.get(name, '')}: {text}" for name, text in self.wrong.items()]

    @property
    def can_apply(self) -> bool:
        """Whether it changes something here and nothing stands against it."""
        return bool(self.takes) and not self.wrong and not self.gone and not self.open_conflicts


@dataclass
class Diff:
    """Everything a return would change."""

    rows: list[Row]

    @property
    def conflicts(self) -> list[Row]:
        """Rows with a conflict that can be resolved."""
        return [row for row in self.rows if row.conflicts and not row.gone]

    @property
    def open_cells(self) -> list[Cell]:
        """Conflicts that wait for a choice."""
        return [cell for row in self.rows if not row.gone for cell in row.open_conflicts]

    @property
    def ready(self) -> list[Row]:
        """Rows that would be applied now."""
        return [row for row in self.rows if row.can_apply]

    @property
    def left(self) -> list[Row]:
        """Rows that cannot be kept as they are; their text stays with the return."""
        return [row for row in self.rows if row.gone or (row.wrong and not row.open_conflicts)]


def diff_of(returned: KitReturn, audit: Audit) -> Diff:
    """What the return would change now. Rows that say what is here already are left out."""
    kit = returned.kit
    ours = editable(audit)
    found = [
        row
        for name, read in returned.diff.get("rows", {}).items()
        if (row := _row(kit, name, read, ours, returned.choices)) is not None
    ]
    order = {name: place for place, name in enumerate(kit.base["order"])}
    found.sort(key=lambda row: order.get(row.row, len(order)))
    _tell_who(audit, found)
    return Diff(found)


def _row(kit: Kit, name: str, read: Mapping[str, Any], ours: Rows, choices: Mapping[str, Any]) -> Row | None:
    base, here = kit.base["rows"].get(name, {}), ours.get(name)
    row = Row(name, read["sheet"], about(kit, name), at=read["at"], url=_url(kit, name))
    now = here if here is not None else base
    for column, said in sorted(read["said"].items(), key=lambda one: shape.place_of(row.kind, one[0])):
        kept = choices.get(f"{name}/{column}")
        cell = Cell(
            row=name,
            name=column,
            cell=read["at"].get(column, ""),
            base=base.get(column, ""),
            theirs=said,
            ours=now.get(column, ""),
            wrong=read["wrong"].get(column, ""),
            choice=Choice(**kept) if kept else None,
        )
        if cell.outcome not in (Outcome.SAME, Outcome.KEEP) or cell.wrong:
            row.cells.append(cell)
    if not row.cells:
        return None
    if here is None:
        row.gone = (
            _("It is not a draft any more, so it is not changed. Your text is kept here.")
            if row.kind == shape.FINDING
            else _("Its file was added meanwhile, so the entry is not changed. Your text is kept here.")
        )
    row.values = dict(now) | {cell.name: cell.value for cell in row.cells if cell.value is not None}
    stands = {cell.name for cell in row.cells if cell.value in (None, cell.theirs)}
    row.wrong = {name: text for name, text in read["wrong"].items() if name in stands}
    if not row.wrong and not row.open_conflicts:
        row.wrong = checks.wrong_in(name, row.values, kit.base["codes"])
    return row


def _url(kit: Kit, name: str) -> str:
    """Where the row is written by hand."""
    kind, own = shape.kind_of(name), shape.own_of(name)
    if kind == shape.INTERVIEW:
        return reverse("engagements:interviews", args=[kit.audit_id])
    if kind == shape.FINDING and not shape.is_new(name):
        return reverse("findings:finding", args=[own])
    principle = kit.base["principles"].get(own)
    if kind == shape.RATING and principle:
        return f"{reverse('engagements:desk2', args=[kit.audit_id, principle])}#{own}"
    return reverse("engagements:stage2", args=[kit.audit_id])


def about(kit: Kit, name: str) -> str:
    """What a row is about, in words."""
    kind, own = shape.kind_of(name), shape.own_of(name)
    shown = kit.base["shown"].get(name, {})
    if kind == shape.RATING:
        return f"{own} {shown.get('question', '')}".strip()
    if kind == shape.INTERVIEW:
        return str(IntervieweeKind(own).label) if own in IntervieweeKind.values else own
    if kind == shape.FINDING:
        title = kit.base["rows"].get(name, {}).get("title", "")
        if shape.is_new(name):
            return _("New finding")
        return _("Finding, %(number)s: %(title)s") % {"number": shown.get("number", ""), "title": title}
    return (
        _("New entry of evidence")
        if shape.is_new(name)
        else _("Evidence, entry %s") % shown.get("number", "")
    )


def _tell_who(audit: Audit, rows: list[Row]) -> None:
    """Put beside every conflict who changed it here, and when."""
    wanted = [row for row in rows if row.conflicts or row.gone]
    if not wanted:
        return
    codes = [row.own for row in wanted if row.kind == shape.RATING]
    notes = {
        note.indicator.code: Changed(note.author.label, note.changed_at)
        for note in IndicatorNote.objects.filter(
            audit=audit, stage=Stage.SITE, indicator__code__in=codes
        ).select_related("author", "indicator")
    }
    drafts = {str(row.own) for row in wanted if row.kind == shape.FINDING and not shape.is_new(row.row)}
    edits = _last_events(Finding._meta.label_lower, list(drafts))
    counted = _last_events(Audit._meta.label_lower, [str(audit.pk)], act="count_interviews")
    for row in wanted:
        if row.kind == shape.RATING:
            row.changed = notes.get(row.own)
        elif row.kind == shape.FINDING:
            row.changed = edits.get(row.own)
        elif row.kind == shape.INTERVIEW:
            row.changed = counted.get(str(audit.pk))


def _last_events(subject: str, keys: list[str], act: str = "") -> dict[str, Changed]:
    if not keys:
        return {}
    rows = Event.objects.filter(subject_type=subject, subject_id__in=keys).select_related("payload")
    if act:
        rows = rows.filter(act=act)
    found: dict[str, Changed] = {}
    for event in rows.order_by("at", "created_at"):
        found[str(event.subject_id)] = Changed(event.actor_label, event.at)
    return found
