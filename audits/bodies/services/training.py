"""Courses of the scheme that auditors passed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock

from ..models import Auditor, AuditorTraining
from ..permissions import may_manage_bodies


@transaction.atomic
def record_training(
    *,
    auditor_id: UUID,
    actor: User,
    course: str,
    passed_on: date,
    valid_until: date | None = None,
    provider: str = "",
) -> AuditorTraining:
    """Keep a course that an auditor passed; without a last day it holds as long as the scheme says."""
    if not may_manage_bodies(actor):
        raise NotPermitted
    auditor = lock(Auditor, auditor_id)
    until = valid_until or clocks.add_months(passed_on, clocks.number("auditor_training_months", passed_on))
    problems: dict[str, list[str]] = {}
    if not course.strip():
        problems["course"] = [_("Write the name of the course, as on the paper that proves it.")]
    if passed_on > clocks.today():
        problems["passed_on"] = [_("This day is still to come: give the day the course was passed.")]
    if until < passed_on:
        problems["valid_until"] = [_("It ends before it was passed: choose a later day or leave it empty.")]
    if problems:
        raise BadInput(fields=problems)
    row, made = AuditorTraining.objects.get_or_create(
        auditor=auditor,
        course=course.strip(),
        passed_on=passed_on,
        defaults={"valid_until": until, "provider": provider.strip()},
    )
    if made:
        data = {"course": row.course, "until": until.isoformat()}
        events.record(auditor, act="training_added", actor=actor, data=data)
    return row
