"""Saying of answers from last time that they are still true: one by one, or a section that a person has read."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments.models import Answer
from certification.assessments.services.rows import write_rows
from certification.assessments.services.writing import open_for
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput


@transaction.atomic
def confirm_carried(
    *, assessment_id: UUID, actor: User, answers: Collection[tuple[UUID, int]]
) -> list[Answer]:
    """Confirm answers carried from before, each by its indicator and the version the person saw.

    One that a colleague changed meanwhile is left alone: it is not carried any more. An answer that is not complete
    cannot be confirmed. Raises BadInput when nothing is ticked.
    """
    assessment = open_for(assessment_id, actor)
    if not answers:
        raise BadInput(fields={"answers": [_("Tick what is still true.")]})
    seen = dict(answers)
    waiting = assessment.answers_in_order().filter(indicator_id__in=seen, carried=True)
    done = [answer for answer in waiting if answer.version == seen[answer.indicator_id] and answer.answered]
    at = clocks.now()
    for answer in done:
        answer.carried, answer.updated_at, answer.updated_by = False, at, actor
        answer.version += 1
    write_rows(done, ["carried", "version", "updated_at", "updated_by"])
    if done:
        codes = [answer.indicator.code for answer in done]
        events.record(assessment, act="confirmed", actor=actor, data={"indicators": codes})
    return done
