"""Levels of capacity building, and the states of a course and of a seat in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Level(models.TextChoices):
    """How far an agency has come in capacity building, lowest first. No level is a certification."""

    ENTRY = "entry", _("Entry")
    L1 = "l1", _("Level 1")
    L2 = "l2", _("Level 2")
    L3 = "l3", _("Level 3")


LEVELS: tuple[Level, ...] = tuple(Level)


class CourseState(models.TextChoices):
    """Where a course stands. That it is full is derived from its seats."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for enrolment")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class SeatState(models.TextChoices):
    """Where one person stands in one course."""

    WAITING = "waiting", _("On the waiting list")
    BOOKED = "booked", _("Booked")
    GIVEN_BACK = "given_back", _("Given back")


class Result(models.TextChoices):
    """What came of it for one person."""

    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    ABSENT = "absent", _("Absent")


# A person may be enrolled while a course is in these.
ENROLLING = (CourseState.OPEN,)
KEPT_SEATS = (SeatState.WAITING, SeatState.BOOKED)

describe_states(
    CourseState,
    {
        CourseState.DRAFT: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Not announced yet"),
            auditor=_("Draft"),
            public=_("Not announced"),
            tone="unsure",
            icon="pencil",
        ),
        CourseState.OPEN: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Open for enrolment"),
            auditor=_("Open for enrolment"),
            public=_("Open for enrolment"),
            tone="work",
            icon="door-enter",
        ),
        CourseState.RUNNING: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Running"),
            auditor=_("Running"),
            public=_("Running"),
            tone="work",
            icon="school",
        ),
        CourseState.DONE: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Done"),
            auditor=_("Done"),
            public=_("Done"),
            tone="good",
            icon="circle-check",
        ),
        CourseState.CANCELLED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Cancelled"),
            auditor=_("Cancelled"),
            public=_("Cancelled"),
            tone="past",
            icon="ban",
        ),
    },
)

describe_states(
    SeatState,
    {
        SeatState.WAITING: StateFacts(
            owner=Owner.NOBODY,
            agency=_("On the waiting list"),
            auditor=_("On the waiting list"),
            public=_("On the waiting list"),
            tone="care",
            icon="hourglass",
        ),
        SeatState.BOOKED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Booked"),
            auditor=_("Booked"),
            public=_("Booked"),
            tone="good",
            icon="circle-check",
        ),
        SeatState.GIVEN_BACK: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Given back"),
            auditor=_("Given back"),
            public=_("Given back"),
            tone="past",
            icon="arrow-back-up",
        ),
    },
)

# Languages a course may be given in: those of the corridors we know of first.
LANGUAGES: dict[str, StrOrPromise] = {
    "en": _("English"),
    "ar": _("Arabic"),
    "bn": _("Bangla"),
    "fil": _("Filipino"),
    "fr": _("French"),
    "hi": _("Hindi"),
    "id": _("Indonesian"),
    "ne": _("Nepali"),
    "pt": _("Portuguese"),
    "si": _("Sinhala"),
    "es": _("Spanish"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
}
