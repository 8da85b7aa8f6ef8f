"""The employer's own word on a step of the cycle."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput
from supplychain.diligence.models import StepNote
from supplychain.diligence.services.writing import own, said


@transaction.atomic
def note_step(*, actor: User, step: int, note: str, owner: str, review_on: date | None = None) -> StepNote:
    """Write down what is done in a step, who looks after it and when it is looked at again. Older notes stay."""
    organisation = own(actor)
    if step not in range(1, 7):
        raise BadInput(fields={"step": [_("There are six steps.")]})
    day = review_on or clocks.add_months(clocks.today(), clocks.number("step_review_months"))
    if day <= clocks.today():
        raise BadInput(fields={"review_on": [_("Expected a day to come: when is it looked at again?")]})
    row = StepNote.objects.create(
        organisation=organisation,
        step=step,
        note=said(note, "note", _("Say what is done in this step.")),
        owner=said(owner, "owner", _("Say who looks after it."), 160),
        review_on=day,
        person=actor,
    )
    events.record(row, act="noted", actor=actor, data={"step": step, "review_on": day.isoformat()})
    return row
