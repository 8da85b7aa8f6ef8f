"""Who hears of a course."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from certification.training.models import Course, Seat
from certification.training.permissions import ENROLS
from iris.notify import services as notify


def tell_organisation(seat: Seat, template: str, *, key: str = "", **more: Any) -> None:
    """The people who enrol for the organisation that holds a seat."""
    notify.notify_roles(
        organisation=seat.organisation,
        roles=ENROLS,
        template=f"training/{template}",
        context={**words(seat.course), "who": seat.person.label, **more},
        url=reverse("training:course", args=[seat.course_id]),
        key=key,
    )


def words(course: Course) -> dict[str, Any]:
    """A course in an e-mail."""
    return {
        "course": course.title,
        "starts_on": course.starts_on,
        "ends_on": course.ends_on,
        "place": course.place,
    }
