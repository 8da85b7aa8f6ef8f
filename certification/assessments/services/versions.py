"""A newer version of a document takes its place from now on; the older one stays where it was declared."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments import selectors
from certification.assessments.models import Answer, AnswerEvidence, Assessment, CostLine, Evidence
from certification.assessments.permissions import works_for
from certification.assessments.services.evidence import twin_of
from certification.assessments.services.rows import write_rows
from iris.accounts.models import User
from iris.core import clocks, events, files
from iris.core.errors import BadInput, Conflict
from iris.core.fsm import lock


@transaction.atomic
def add_version(
    *,
    evidence_id: UUID,
    actor: User,
    upload: UploadedFile[Any] | None,
    effective_from: dt.date | None = None,
    valid_until: dt.date | None = None,
    use_now: bool = True,
) -> Evidence:
    """Put a newer version beside the newest one, with the same title and kind.

    `use_now` shows it in the open self-assessment wherever the older one is shown and may be changed; what was declared
    keeps pointing at the version it showed. Raises BadInput on `file` and `valid_until`, Conflict when a newer version
    is there already.
    """
    older = lock(Evidence, evidence_id)
    if not works_for(older.agency, actor):
        raise Evidence.DoesNotExist
    newer = Evidence.objects.filter(replaces=older).select_related("added_by").first()
    if newer is not None:
        raise Conflict(
            _("%(who)s added version %(n)s already. Open that one and add yours after it.")
            % {"who": newer.added_by.label, "n": newer.number}
        )
    if effective_from and valid_until and valid_until < effective_from:
        raise BadInput(fields={"valid_until": [_("It ends before it begins. Correct one of the two days.")]})
    twin = twin_of(older.agency, upload)
    if twin is not None:
        sentence = _("You have this file already: “%(title)s”, version %(n)s. Choose the newer file.")
        raise BadInput(fields={"file": [sentence % {"title": twin.title, "n": twin.number}]})
    version = Evidence.objects.create(
        agency=older.agency,
        file=files.store(upload, organisation_id=older.agency.organisation_id, actor=actor),
        title=older.title,
        kind=older.kind,
        effective_from=effective_from,
        valid_until=valid_until,
        replaces=older,
        number=older.number + 1,
        added_by=actor,
    )
    answers, costs = _show_instead(older, version, actor) if use_now else (0, 0)
    events.record(
        version,
        act="version_added",
        actor=actor,
        data={"number": version.number, "sha256": version.file.sha256, "answers": answers, "costs": costs},
    )
    return version


def _show_instead(older: Evidence, version: Evidence, actor: User) -> tuple[int, int]:
    """Show the version wherever the older one is shown in the open assessment; how many answers and costs."""
    found = selectors.open_assessment(older.agency)
    if found is None:
        return 0, 0
    assessment = lock(Assessment, found.pk)
    links = AnswerEvidence.objects.filter(evidence=older, answer__assessment=assessment).select_related(
        "answer"
    )
    open_links = [link for link in links if link.answer.flagged or not assessment.is_reopened]
    for link in open_links:
        link.evidence = version
        link.answer.version += 1
        link.answer.updated_at, link.answer.updated_by = clocks.now(), actor
    write_rows(open_links, ["evidence"])
    answers: list[Answer] = [link.answer for link in open_links]
    write_rows(answers, ["version", "updated_at", "updated_by"])
    if not assessment.may_change_ledger:
        return len(open_links), 0
    lines = list(CostLine.objects.filter(proof=older, job_order__assessment=assessment))
    for line in lines:
        line.proof, line.version = version, line.version + 1
    write_rows(lines, ["proof", "version"])
    return len(open_links), len(lines)
