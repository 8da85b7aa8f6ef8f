"""Resolving conflicts, and writing what a kit says through the services that write it anyway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.services import IndicatorRating
from audits.engagements.states import AuditState, NoteOrigin, Stage
from audits.fieldwork import services as fieldwork
from audits.fieldwork.services import NewEvidence
from audits.fieldwork.states import EvidenceSource
from audits.findings import services as findings
from audits.findings.services import FindingText
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import moment_in_words
from iris.core.errors import BadInput, Conflict, DomainError, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

from .. import selectors
from ..models import Kit, KitReturn, SeenItem
from ..rules import shape
from ..rules.merge import TAKES
from ..selectors import Cell, Diff, Row
from .returning import may_apply


def choose(
    *,
    return_id: UUID,
    actor: User,
    choices: Mapping[str, tuple[str, str]],
    seen: Mapping[str, str] | None = None,
) -> Diff:
    """Keep what a person chose for conflicts: cell -> ("here" | "kit" | "text", own text). Others can wait.

    A choice holds for the value that stands here now; when that changes the question is asked again. Raises
    ChoicesRefused for those that cannot be kept; the others are kept all the same.
    """
    diff, problems = _choose(return_id, actor, choices, seen)
    if problems:
        raise ChoicesRefused(problems)
    return diff


@transaction.atomic
def _choose(
    return_id: UUID, actor: User, choices: Mapping[str, tuple[str, str]], seen: Mapping[str, str] | None
) -> tuple[Diff, dict[str, list[str]]]:
    returned, audit = _locked(return_id, actor)
    diff = selectors.diff_of(returned, audit)
    problems: dict[str, list[str]] = {}
    kept = dict(returned.choices)
    for cell in [cell for row in diff.conflicts for cell in row.conflicts if cell.key in choices]:
        take, text = choices[cell.key]
        problem = _choice_problem(cell, take, text, seen=seen)
        if problem:
            problems[cell.key] = [problem]
            continue
        own = _own_text(cell, text) if take == "text" else ""
        kept[cell.key] = {"take": take, "here": cell.ours, "text": own}
    returned.choices = kept
    returned.save(update_fields=["choices"])
    return selectors.diff_of(returned, audit), problems


class ChoicesRefused(BadInput):
    """Some choices cannot be kept; `fields` says which and why. The others are kept."""

    code = "choices_refused"

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__(fields=problems)


def _own_text(cell: Cell, text: str) -> str:
    return shape.value_of(shape.kind_of(cell.row), cell.name, text)


def _choice_problem(cell: Cell, take: str, text: str, *, seen: Mapping[str, str] | None) -> str:
    if take not in TAKES:
        return _("Choose what stands: what is here, the kit’s, or a text of your own.")
    if seen is not None and cell.key in seen and seen[cell.key] != shape.mark(cell.ours):
        return _("This changed here while you were looking. Look again and choose.")
    if take == "text":
        try:
            if not _own_text(cell, text):
                return _("Write the text that is to stand, or choose one of the two.")
        except ValueError as wrong:
            return str(wrong)[:1].upper() + str(wrong)[1:]
    return ""


def _locked(return_id: UUID, actor: User) -> tuple[KitReturn, Audit]:
    returned = KitReturn.objects.select_related("kit").get(pk=return_id)
    audit = lock(Audit, returned.kit.audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    returned.kit = lock(Kit, returned.kit_id)
    if not may_apply(returned):
        raise Conflict(_why_not(returned))
    return returned, audit


def _why_not(returned: KitReturn) -> str:
    kit = returned.kit
    if kit.applied_at is not None:
        return _("Already applied on %s UTC: nothing to do.") % moment_in_words(kit.applied_at)
    return _("A newer file of this kit was given back, or the kit was given up. Look at the list of kits.")


@transaction.atomic
def apply_return(*, return_id: UUID, actor: User) -> KitReturn:
    """Write everything a return says into the audit, in one go, through the usual services.

    Raises Conflict when it was applied already or a conflict waits for a choice; TransitionRefused when the audit
    takes no notes now. Rows that cannot be kept as they are stay listed with their text.
    """
    returned, audit = _locked(return_id, actor)
    if audit.state != AuditState.STAGE2:
        raise TransitionRefused(
            _("Notes of stage 2 are taken while it is open; the audit is now: %s. The kit stays as it came.")
            % AuditState(audit.state).label
        )
    diff = selectors.diff_of(returned, audit)
    waiting = diff.open_cells
    if waiting:
        said = ngettext(
            "%(n)s conflict waits for your choice. Nothing was applied.",
            "%(n)s conflicts wait for your choice. Nothing was applied.",
            len(waiting),
        )
        raise Conflict(said % {"n": len(waiting)})
    writer = _Writer(audit, actor, returned.kit)
    writer.write(diff.ready)
    returned.result = _result(diff, writer)
    returned.applied_at = clocks.now()
    returned.save(update_fields=["result", "applied_at"])
    counts = {"applied": len(writer.done), "left": len(returned.result["left"])}
    act(returned.kit.apply, actor=actor, data=counts)
    events.record(audit, act="kit_applied", actor=actor, data={"kit": returned.kit.number, **counts})
    if audit.lead.person_id != actor.pk:
        engagements.tell_team(
            audit,
            "audits/kit_applied",
            url=f"/audits/{audit.pk}/kits/returns/{returned.pk}/",
            kit=returned.kit.number,
            who=actor.label,
            count=counts["applied"],
            left=counts["left"],
        )
    return returned


def _result(diff: Diff, writer: _Writer) -> dict[str, Any]:
    """What became of every cell, kept with the return."""
    left = [
        row for row in diff.rows if row.row not in writer.done and (row.problems or row.row in writer.refused)
    ]
    return {
        "applied": [_told(row, []) for row in diff.rows if row.row in writer.done],
        "kept_here": [
            {
                "about": row.about,
                "cell": f"{row.sheet}!{cell.cell}",
                "label": cell.label,
                "kit": cell.their_words,
                "now": cell.words(cell.value),
            }
            for row in diff.rows
            for cell in row.conflicts
            if cell.value is not None and cell.value != cell.theirs
        ],
        "left": [_told(row, writer.refused.get(row.row, row.problems)) for row in left],
    }


def _told(row: Row, problems: list[str]) -> dict[str, Any]:
    return {
        "row": row.row,
        "about": row.about,
        "problems": problems,
        "cells": [
            {
                "label": cell.label,
                "cell": f"{row.sheet}!{cell.cell}",
                "was": cell.our_words,
                "kit": cell.their_words,
                "now": cell.words(cell.value) if cell.value is not None and not problems else "",
            }
            for cell in row.cells
        ],
    }


def _told_at(row: Row, error: DomainError) -> list[str]:
    """What a service refuses, each at the cell that it speaks of."""
    told = [
        f"{row.sheet}!{row.at.get(name.rpartition('-')[2]) or row.cells[0].cell}: {text}"
        for name, texts in error.fields.items()
        for text in texts
    ]
    return told or [f"{row.sheet}!{row.cells[0].cell}: {error.message}"]


class _Writer:
    """Writes merged rows through the services; what one of them refuses is left with its sentence."""

    def __init__(self, audit: Audit, actor: User, kit: Kit) -> None:
        self.audit, self.actor, self.kit = audit, actor, kit
        self.done: set[str] = set()
        self.refused: dict[str, list[str]] = {}
        edition = Indicator.objects.filter(criterion__principle__edition_id=audit.assessment.edition_id)
        self.indicators = {one.code: one.pk for one in edition}

    def write(self, rows: list[Row]) -> None:
        """Everything, each kind by its own service."""
        self._all([row for row in rows if row.kind == shape.RATING], self._rate)
        self._all([row for row in rows if row.kind == shape.INTERVIEW], self._count)
        for row in rows:
            if row.kind == shape.FINDING:
                self._try([row], partial(self._finding, row))
            elif row.kind == shape.EVIDENCE:
                self._try([row], partial(self._seen, row))

    def _try(self, rows: list[Row], write: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                write()
        except DomainError as error:
            for row in rows:
                self.refused[row.row] = _told_at(row, error)
            return False
        self.done.update(row.row for row in rows)
        return True

    def _all(self, rows: list[Row], write: Callable[[list[Row]], object]) -> None:
        """All in one act; when the service refuses, one by one, so that only what it refuses is left."""
        if rows and not self._try(rows, partial(write, rows)) and len(rows) > 1:
            for row in rows:
                self.refused.pop(row.row, None)
                self._try([row], partial(write, [row]))

    def _rate(self, rows: list[Row]) -> None:
        engagements.rate_indicators(
            audit_id=self.audit.pk,
            actor=self.actor,
            stage=Stage.SITE,
            origin=NoteOrigin.KIT,
            ratings=[
                IndicatorRating(self.indicators[row.own], row.values["rating"], row.values["note"])
                for row in rows
            ],
        )

    def _count(self, rows: list[Row]) -> None:
        counts = {row.own: (int(row.values["held"]), row.values["note"]) for row in rows}
        engagements.count_interviews(audit_id=self.audit.pk, actor=self.actor, counts=counts)

    def _finding(self, row: Row) -> None:
        values = row.values
        text = FindingText(
            grade=values["grade"],
            title=values["title"],
            statement=values["statement"],
            evidence=values["evidence"],
            grade_reason=values.get("grade_reason", ""),
        )
        if shape.is_new(row.row):
            findings.raise_finding(
                audit_id=self.audit.pk,
                indicator_id=self.indicators[values["indicator"]],
                actor=self.actor,
                text=text,
            )
        else:
            findings.edit_finding(finding_id=UUID(row.own), actor=self.actor, text=text)

    def _seen(self, row: Row) -> None:
        """What was seen is evidence at once; what a file shows waits in the register for its file."""
        values = row.values
        said: dict[str, Any] = {
            "indicator_id": self.indicators.get(values["indicator"]),
            "what": values["what"],
            "file_name": values["file_name"],
            "taken_on": date.fromisoformat(values["taken_on"]) if values["taken_on"] else None,
        }
        if not shape.is_new(row.row):
            SeenItem.objects.filter(pk=row.own, audit=self.audit).update(**said)
        elif values["file_name"]:
            SeenItem.objects.create(audit=self.audit, kit=self.kit, noted_by=self.actor, **said)
        else:
            fieldwork.add_evidence(
                audit_id=self.audit.pk,
                actor=self.actor,
                indicator_id=said["indicator_id"],
                evidence=NewEvidence(
                    title=said["what"].splitlines()[0][: shape.LONGEST_TITLE],
                    source=EvidenceSource.OBSERVATION,
                    taken_on=said["taken_on"],
                    note=said["what"],
                ),
            )
