"""A workbook that came back: kept as what it would change, shown, and saved only on the person's word."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments import selectors
from certification.assessments.models import Assessment, WorkbookReturn
from certification.assessments.rules import workbook as shape
from certification.assessments.rules import wrong_in_entry
from certification.assessments.selectors import RowDiff
from certification.assessments.services.answers import AnswerEntry, SaveResult, save_answers
from certification.assessments.services.workbook_reading import (
    Reading,
    bytes_of,
    read_workbook,
)
from certification.assessments.services.writing import open_for
from iris.accounts.models import User
from iris.core import events, files
from iris.core.errors import BadInput, Conflict
from iris.core.workbooks import CellError, WorkbookRefused


@transaction.atomic
def return_workbook(*, assessment_id: UUID, actor: User, upload: UploadedFile[Any] | None) -> WorkbookReturn:
    """Read a filled-in workbook and keep what it would change. No answer changes.

    Raises BadInput on `file` (no workbook of ours, of another agency, edition or revision) and WorkbookRefused with
    every cell that cannot be taken; then nothing is kept at all.
    """
    data = bytes_of(upload)
    assessment = open_for(assessment_id, actor)
    answers = list(selectors.answers_with_evidence(assessment))
    reading = read_workbook(data, assessment, answers)
    WorkbookReturn.objects.filter(assessment=assessment, uploaded_by=actor).delete()
    returned = WorkbookReturn.objects.create(
        assessment=assessment,
        uploaded_by=actor,
        name=files.clean_name(getattr(upload, "name", "") or ""),
        sha256=hashlib.sha256(data).hexdigest(),
        rows=_kept(reading),
    )
    _refuse_contradictions(returned)
    return returned


def _kept(reading: Reading) -> dict[str, Any]:
    return {"touched": reading.touched, "still": reading.still, "notes": reading.notes}


def _refuse_contradictions(returned: WorkbookReturn) -> None:
    """What a person could not save on the page either, told at its cell."""
    errors = []
    for row in selectors.workbook_diff(returned):
        if row.conflicts:
            continue
        wrong = wrong_in_entry(
            row.merged({}), may_be_not_applicable=row.answer.indicator.may_be_not_applicable
        )
        for name, texts in wrong.items():
            cell = shape.COLUMNS[name] + "".join(c for c in row.first_cell if c.isdigit())
            errors += [CellError(row.sheet, cell, str(text)) for text in texts]
    if errors:
        raise WorkbookRefused(_("The workbook was not taken. Nothing was saved."), errors)


@transaction.atomic
def apply_workbook(
    *, return_id: UUID, actor: User, seen: Mapping[str, int], choices: Mapping[tuple[str, str], str]
) -> SaveResult:
    """Save what the person was shown: all of it, or nothing.

    `seen` holds the version of every shown answer, `choices` "sheet" or "web" for each (indicator code, field) in
    conflict. Raises Conflict when an answer changed since it was shown, BadInput when a choice is missing or what comes
    out contradicts itself.
    """
    returned = WorkbookReturn.objects.get(pk=return_id, uploaded_by=actor)
    assessment = open_for(returned.assessment_id, actor)
    rows = selectors.workbook_diff(returned)
    moved = [row.code for row in rows if seen.get(row.code) != row.answer.version]
    if moved:
        raise Conflict(
            _(
                "%(codes)s changed on the website while you were looking. Nothing was saved: look again, then save."
            )
            % {"codes": ", ".join(moved)}
        )
    open_ones = [row.code for row in rows for cell in row.conflicts if (row.code, cell.name) not in choices]
    if open_ones:
        sentence = _("Choose for %(codes)s what stays: the website’s or the workbook’s.")
        raise BadInput(fields={"choices": [sentence % {"codes": ", ".join(dict.fromkeys(open_ones))}]})
    entries = [_entry(row, choices) for row in rows]
    result = save_answers(assessment_id=assessment.pk, actor=actor, entries=entries)
    if not result.complete:
        raise BadInput(fields={"choices": _why_not(rows, result)})
    events.record(
        assessment,
        act="workbook_applied",
        actor=actor,
        data={"sha256": returned.sha256, "saved": len(result.saved), "confirmed": len(result.unchanged)},
    )
    returned.delete()
    return result


def _entry(row: RowDiff, choices: Mapping[tuple[str, str], str]) -> AnswerEntry:
    answer, said = row.answer, row.merged(choices)
    return AnswerEntry(
        indicator_id=answer.indicator_id,
        version=answer.version,
        value=said.value,
        maturity=said.maturity,
        reason=said.reason,
        comment=said.comment,
        owner_id=answer.owner_id,
        due_on=answer.due_on,
        evidence_ids=frozenset(document.pk for document in answer.evidence.all()),
    )


def _why_not(rows: list[RowDiff], result: SaveResult) -> list[str]:
    codes = {row.answer.indicator_id: row.code for row in rows}
    found = [
        f"{codes[pk]}: {text}"
        for pk, error in result.refused.items()
        for texts in error.fields.values()
        for text in texts
    ]
    return found + [conflict.message for conflict in result.conflicts]


@transaction.atomic
def discard_workbook(*, return_id: UUID, actor: User) -> Assessment:
    """Throw away what a workbook would change."""
    returned = WorkbookReturn.objects.select_related("assessment").get(pk=return_id, uploaded_by=actor)
    returned.delete()
    return returned.assessment
