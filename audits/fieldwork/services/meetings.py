"""Recording meetings, and acknowledging them once for each person (R40: both sides of a disagreement)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from iris.accounts.models import User
from iris.accounts.selectors import members_of
from iris.core import clocks, events
from iris.core.days import in_words, moment_in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock
from iris.notify import services as notify

from .. import rules, selectors
from ..models import Acknowledgement, Attendee, DisagreementReply, Meeting
from ..states import MeetingKind, Side


@dataclass(frozen=True)
class Present:
    """Somebody who was there."""

    name: str
    function: str
    side: str


@dataclass(frozen=True)
class MeetingEntry:
    """A meeting as the auditors record it. `explained` holds the codes of the points that were explained."""

    held_at: datetime
    place: str
    people: Sequence[Present]
    explained: Sequence[str]
    remote: bool = False
    summary: str = ""
    why_replaced: str = ""


@transaction.atomic
def record_meeting(*, audit_id: UUID, actor: User, kind: str, entry: MeetingEntry) -> Meeting:
    """Record the opening or closing meeting; the closing one keeps the findings as they are drafted now.

    A second record of the same meeting takes the place of the first and needs its reason; people of the agency
    then acknowledge anew. Raises BadInput, NotPermitted, TransitionRefused outside stage 2.
    """
    audit = lock(Audit, audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    if audit.state != AuditState.STAGE2:
        raise TransitionRefused(
            _("Meetings are recorded while stage 2 is open; the audit is now: %s.")
            % AuditState(audit.state).label
        )
    if kind not in MeetingKind.values:
        raise BadInput(_("There are two meetings: opening and closing."))
    people = [one for one in entry.people if one.name.strip() or one.function.strip()]
    before = selectors.meeting_of(audit, kind)
    _check(audit, kind, entry, people, before)
    if before is not None and not entry.why_replaced.strip():
        raise ReasonRequired(
            fields={
                "why_replaced": [_("This meeting is recorded already. Say what was wrong in that record.")]
            }
        )
    made = Meeting.objects.create(
        audit=audit,
        kind=kind,
        held_at=entry.held_at,
        place=entry.place.strip(),
        remote=entry.remote,
        points=[{"text": text, "explained": code in entry.explained} for code, text in rules.agenda(kind)],
        findings=selectors.presented(audit) if kind == MeetingKind.CLOSING else [],
        summary=entry.summary.strip(),
        recorded_by=actor,
        replaces=before,
        why_replaced=entry.why_replaced.strip() if before else "",
    )
    _seat(audit, made, people)
    events.record(audit, act=f"record_{kind}", actor=actor, reason=made.why_replaced)
    return made


def _check(
    audit: Audit, kind: str, entry: MeetingEntry, people: Sequence[Present], before: Meeting | None
) -> None:
    problems: dict[str, list[str]] = {}
    if entry.held_at > clocks.now():
        problems["held_at"] = [_("Expected a time that has passed: record the meeting when it is over.")]
    elif audit.stage1_closed_at and entry.held_at.date() < audit.stage1_closed_at.date():
        problems["held_at"] = [
            _("Expected a day on or after %s, when stage 1 was closed.") % in_words(audit.stage1_closed_at)
        ]
    if not entry.place.strip():
        problems["place"] = [_("Say where it was held, or by which means.")]
    if not set(entry.explained) & {code for code, _text in rules.agenda(kind)}:
        problems["explained"] = [_("Tick the points that were explained.")]
    if any(not (one.name.strip() and one.function.strip()) for one in people):
        problems["people"] = [_("Give each person a name and a function, or clear the line.")]
    elif {Side.AGENCY, Side.AUDITORS} - {one.side for one in people}:
        problems["people"] = [_("Name at least one person of the agency and one of the audit team.")]
    elif len({(one.name.strip().casefold(), one.side) for one in people}) < len(people):
        problems["people"] = [_("Somebody stands here twice. Clear one of the lines.")]
    if problems:
        raise BadInput(fields=problems)


def _seat(audit: Audit, meeting: Meeting, people: Sequence[Present]) -> None:
    members = {
        row.user.full_name.strip().casefold(): row.user for row in members_of(audit.agency.organisation)
    }
    for one in people:
        name = one.name.strip()
        person = members.get(name.casefold()) if one.side == Side.AGENCY else None
        made = Attendee.objects.create(
            meeting=meeting, name=name, function=one.function.strip(), side=one.side, person=person
        )
        if person is not None:
            notify.notify(
                people=[person],
                template="audits/meeting_held",
                context={
                    "number": audit.number,
                    "firm": audit.firm.organisation.name,
                    "meeting": str(MeetingKind(meeting.kind).label).lower(),
                },
                url=f"/m/{made.code}/",
            )


@transaction.atomic
def acknowledge(
    *, code: str, agrees: bool, disagreement: str = "", actor: User | None = None
) -> Acknowledgement:
    """One person says that they were there, and with what they do not agree. Once, and for good.

    Whoever holds the person's link may do it; the time and, when signed in, the person are kept.
    """
    attendee = Attendee.objects.select_related("meeting__audit").get(code=code)
    meeting = attendee.meeting
    lock(Audit, meeting.audit_id)
    if not attendee.signs:
        raise NotPermitted(_("People of the agency acknowledge; nothing is asked of you here."))
    if meeting.is_replaced:
        raise TransitionRefused(_("This record was corrected. Ask the auditors for the link to the new one."))
    if clocks.today() > meeting.links_end_on:
        raise TransitionRefused(
            _("This link worked until %s. Write to the auditors; what you say is kept with the audit.")
            % in_words(meeting.links_end_on)
        )
    before = Acknowledgement.objects.filter(attendee=attendee).first()
    if before is not None:
        raise Conflict(
            _("It was acknowledged on %s and cannot be changed.") % moment_in_words(before.created_at)
        )
    if not agrees and not disagreement.strip():
        raise BadInput(
            fields={"disagreement": [_("Say with which point or finding you do not agree, and why.")]}
        )
    made = Acknowledgement.objects.create(
        attendee=attendee,
        agrees=agrees,
        disagreement="" if agrees else disagreement.strip(),
        by=actor if actor is not None and actor.is_authenticated else None,
    )
    events.record(meeting.audit, act="acknowledge_meeting", actor=made.by or events.SYSTEM)
    if not agrees:
        engagements.tell_team(
            meeting.audit,
            "audits/meeting_disagreed",
            url=meeting.get_absolute_url(),
            who=attendee.name,
            words=made.disagreement,
        )
    return made


@transaction.atomic
def reply_to_disagreement(*, acknowledgement_id: UUID, actor: User, text: str) -> DisagreementReply:
    """The auditors' side of a disagreement; both stay on record."""
    row = Acknowledgement.objects.select_related("attendee__meeting").get(pk=acknowledgement_id)
    audit = lock(Audit, row.attendee.meeting.audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    if row.agrees:
        raise TransitionRefused(_("This person agreed; there is nothing to answer."))
    if not text.strip():
        raise BadInput(fields={"text": [_("Write what the auditors say to it.")]})
    before = DisagreementReply.objects.filter(acknowledgement=row).select_related("by").first()
    if before is not None:
        raise Conflict(
            _("%(who)s answered on %(day)s.")
            % {"who": before.by.label, "day": moment_in_words(before.created_at)}
        )
    made = DisagreementReply.objects.create(acknowledgement=row, text=text.strip(), by=actor)
    events.record(audit, act="reply_disagreement", actor=actor)
    return made
