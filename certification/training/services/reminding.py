"""Results that end: the organisation is told in time to train again."""

from __future__ import annotations

from certification.training.models import Seat
from certification.training.services.telling import tell_organisation
from certification.training.states import CourseState, Result
from iris.core import clocks


def remind_of_ending() -> int:
    """Tell organisations of results that end within the warning time, each once; returns how many were looked at."""
    today = clocks.today()
    last = clocks.deadline(today, "training_warning_days")
    rows = Seat.objects.filter(
        result=Result.PASSED,
        course__state=CourseState.DONE,
        expires_on__gte=today,
        expires_on__lte=last,
        person__memberships__active=True,
    ).select_related("course__entry", "person", "organisation")
    found = [row for row in rows.distinct() if _still_there(row)]
    for seat in found:
        tell_organisation(seat, "ending", key=f"training-ending:{seat.pk}", expires_on=seat.expires_on)
    return len(found)


def _still_there(seat: Seat) -> bool:
    return seat.person.memberships.filter(organisation_id=seat.organisation_id, active=True).exists()
