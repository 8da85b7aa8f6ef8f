"""Meetings of an audit: the record that counts, who was there, who has not acknowledged yet."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from iris.accounts.models import User

from ..models import Attendee, Meeting
from ..states import MeetingKind, Side


def _whole(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related("recorded_by", "replaces").prefetch_related(
        "attendees__acknowledgement__reply__by", "attendees__acknowledgement__by"
    )


def meeting_of(audit: Audit, kind: str) -> Meeting | None:
    """The record of a meeting that counts: the last one, where it was corrected."""
    return _whole(Meeting.objects.filter(audit=audit, kind=kind, replaced_by=None)).first()


def meetings_of(audit: Audit) -> list[tuple[MeetingKind, Meeting | None]]:
    """Both meetings, recorded or not."""
    found = {row.kind: row for row in _whole(Meeting.objects.filter(audit=audit, replaced_by=None))}
    return [(kind, found.get(kind.value)) for kind in MeetingKind]


def seats_of(meeting: Meeting) -> list[Attendee]:
    """Who was there: the agency's people first."""
    order = {Side.AGENCY.value: 0, Side.AUDITORS.value: 1}
    return sorted(meeting.attendees.all(), key=lambda one: order.get(one.side, 2))


def silent_in(meeting: Meeting) -> list[Attendee]:
    """People of the agency who have not acknowledged."""
    return [one for one in seats_of(meeting) if one.signs and not hasattr(one, "acknowledgement")]


def seat_by_code(code: str) -> Attendee | None:
    """Whom a link belongs to."""
    return (
        Attendee.objects.filter(code=code)
        .select_related(
            "meeting__audit__agency",
            "meeting__audit__firm__organisation",
            "meeting__replaced_by",
            "acknowledgement",
        )
        .first()
    )


def own_seat(meeting: Meeting, user: User) -> Attendee | None:
    """The signed-in person's own place in a meeting."""
    return next((one for one in meeting.attendees.all() if one.person_id == user.pk), None)


def missing_meetings(audit: Audit) -> list[str]:
    """What of the two meetings is left before a report can be drafted."""
    held = set(Meeting.objects.filter(audit=audit).values_list("kind", flat=True))
    words = {
        MeetingKind.OPENING: _("The opening meeting is not recorded yet."),
        MeetingKind.CLOSING: _("The closing meeting is not recorded yet."),
    }
    return [str(words[kind]) for kind in MeetingKind if kind not in held]
