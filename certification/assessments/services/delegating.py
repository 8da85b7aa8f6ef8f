"""Giving a section to a colleague until a day: a principle or a criterion, to someone who may yet have to join."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.assessments import selectors
from certification.assessments.models import Answer, Assessment, Delegation
from certification.assessments.rules import is_done
from certification.assessments.services.rows import write_rows
from certification.assessments.services.writing import open_for
from certification.assessments.states import OPEN_STATES
from iris.accounts.models import Membership, User
from iris.accounts.services import invite
from iris.core import clocks, events
from iris.core.days import for_the_record
from iris.core.errors import BadInput, Conflict
from iris.core.fsm import lock
from iris.notify.services import notify

LONGEST_NOTE = 2_000


@transaction.atomic
def delegate_section(
    *,
    assessment_id: UUID,
    actor: User,
    section: str,
    due_on: dt.date | None,
    colleague_id: UUID | None = None,
    email: str = "",
    note: str = "",
) -> Delegation:
    """Give the open questions of a principle or criterion to a colleague, who gets a message; or to an address.

    Someone who is no member yet is invited as a contributor and gets the questions on joining. Who had the section
    before is relieved of it. Raises BadInput on `section`, `colleague`, `email` and `due_on`.
    """
    assessment = open_for(assessment_id, actor)
    left = _left(assessment, section)
    _check(assessment, section, left, due_on, note)
    assert due_on is not None
    person = _person(assessment, colleague_id, email)
    if person is None:
        _invite(assessment, email, actor)
    _end(assessment.delegations.filter(section=section, ended_at=None))
    delegation = Delegation.objects.create(
        assessment=assessment,
        section=section,
        person=person,
        email="" if person else email.strip().lower(),
        due_on=due_on,
        note=note.strip(),
        asked_by=actor,
    )
    events.record(assessment, act="delegated", actor=actor, data={"section": section, "questions": len(left)})
    if person is not None:
        _give(delegation, person, left)
    return delegation


@transaction.atomic
def take_back_section(*, assessment_id: UUID, actor: User, delegation_id: UUID) -> Delegation:
    """Take a section back; what the colleague answered stays."""
    assessment = open_for(assessment_id, actor)
    delegation = assessment.delegations.select_for_update(of=("self",)).get(pk=delegation_id)
    if delegation.ended_at:
        raise Conflict(_("This section was given to someone else or taken back meanwhile."))
    _end([delegation])
    events.record(assessment, act="section_taken_back", actor=actor, data={"section": delegation.section})
    return delegation


def _left(assessment: Assessment, section: str) -> list[Answer]:
    """The questions of the section that are not done and may be changed; None when there is no such section."""
    return [
        answer
        for answer in selectors.section_of(assessment, section)
        if not is_done(answer) and (answer.flagged or not assessment.is_reopened)
    ]


def _check(
    assessment: Assessment, section: str, left: Sequence[Answer], due_on: dt.date | None, note: str
) -> None:
    if not left:
        known = selectors.section_of(assessment, section)
        sentence = _("Every question of this section is done already.") if known else _("Choose a section.")
        raise BadInput(fields={"section": [sentence]})
    if due_on is None:
        raise BadInput(fields={"due_on": [_("Choose the day by which you need the answers.")]})
    if due_on < clocks.today():
        raise BadInput(fields={"due_on": [_("This day has passed. Choose today or a later day.")]})
    if len(note) > LONGEST_NOTE:
        raise BadInput(fields={"note": [_("At most %(most)s characters.") % {"most": LONGEST_NOTE}]})


def _person(assessment: Assessment, colleague_id: UUID | None, email: str) -> User | None:
    """The colleague, by name or by an address of theirs; None when the address belongs to nobody here yet."""
    members = Membership.objects.filter(
        organisation_id=assessment.agency.organisation_id, active=True
    ).select_related("user")
    if colleague_id is not None:
        found = members.filter(user_id=colleague_id).first()
        if found is None:
            raise BadInput(fields={"colleague": [_("Choose a colleague of your agency.")]})
        return found.user
    if not email.strip():
        raise BadInput(
            fields={"colleague": [_("Choose a colleague, or give the e-mail address of someone to invite.")]}
        )
    found = members.filter(user__email__iexact=email.strip()).first()
    return found.user if found else None


def _invite(assessment: Assessment, email: str, actor: User) -> None:
    """Invite as a contributor; one that waits already is good enough."""
    try:
        with transaction.atomic():
            invite(assessment.agency.organisation, email, "contributor", actor)
    except Conflict:
        return


def _end(delegations: Iterable[Delegation]) -> None:
    """End delegations, and free the answers their people have not done."""
    for delegation in delegations:
        delegation.ended_at = clocks.now()
        delegation.save()
        if delegation.person_id is None:
            continue
        theirs = [
            a for a in _left(delegation.assessment, delegation.section) if a.owner_id == delegation.person_id
        ]
        for answer in theirs:
            answer.owner, answer.due_on, answer.asked_at, answer.reminded_on = None, None, None, None
            answer.version += 1
        write_rows(theirs, ["owner", "due_on", "asked_at", "reminded_on", "version"])


def _give(delegation: Delegation, person: User, left: Sequence[Answer]) -> None:
    """The answers become the person's, and a letter tells them."""
    for answer in left:
        answer.owner, answer.due_on, answer.asked_at = person, delegation.due_on, clocks.now()
        answer.reminded_on = None
        answer.version += 1
    write_rows(left, ["owner", "due_on", "asked_at", "reminded_on", "version"])
    what = ngettext("%(n)s question under %(name)s", "%(n)s questions under %(name)s", len(left))
    name = selectors.section_name(delegation.assessment, delegation.section)
    notify(
        people=[person],
        template="assessments/asked",
        context={
            "asker": delegation.asked_by.label,
            "what": what % {"n": len(left), "name": name},
            "due": for_the_record(delegation.due_on),
            "note": delegation.note,
        },
        url=reverse("assessments:mine", args=[delegation.assessment_id]),
    )


def hand_over_sections() -> int:
    """Give sections that were promised to an address to the person who has joined with it; how many."""
    waiting = Delegation.objects.filter(
        person=None, ended_at=None, assessment__state__in=OPEN_STATES
    ).values_list("pk", flat=True)
    return sum(_hand_over(pk) for pk in waiting)


@transaction.atomic
def _hand_over(delegation_id: UUID) -> int:
    delegation = lock(Delegation, delegation_id)
    assessment = lock(Assessment, delegation.assessment_id)
    if delegation.person_id or delegation.ended_at or not assessment.is_open:
        return 0
    member = (
        Membership.objects.filter(
            organisation_id=assessment.agency.organisation_id,
            user__email__iexact=delegation.email,
            active=True,
        )
        .select_related("user")
        .first()
    )
    if member is None:
        return 0
    delegation.person = member.user
    delegation.save()
    left = _left(assessment, delegation.section)
    if left:
        _give(delegation, member.user, left)
    return 1


def remind_of_questions() -> int:
    """Remind everyone whose questions are due soon, and once more when their day has passed; how many people."""
    today = clocks.today()
    until = clocks.deadline(today, "delegation_reminder_days")
    pairs = Answer.objects.filter(
        assessment__state__in=OPEN_STATES, owner__isnull=False, due_on__lte=until
    ).values_list("assessment_id", "owner_id")
    return sum(_remind(assessment_id, owner_id, until) for assessment_id, owner_id in set(pairs))


@transaction.atomic
def _remind(assessment_id: UUID, owner_id: UUID | None, until: dt.date) -> int:
    """One letter for all questions that are due; written once before the day and once after it."""
    assessment, today = lock(Assessment, assessment_id), clocks.today()
    if not assessment.is_open:
        return 0
    rows = assessment.answers_in_order().select_related("owner").filter(owner_id=owner_id, due_on__lte=until)
    due = [
        answer
        for answer in rows
        if not is_done(answer)
        and (answer.flagged or not assessment.is_reopened)
        and answer.due_on
        and (answer.reminded_on is None or answer.reminded_on <= answer.due_on < today)
    ]
    if not due or due[0].owner is None:
        return 0
    for answer in due:
        answer.reminded_on = today
    write_rows(due, ["reminded_on"])
    first = min(answer.due_on for answer in due if answer.due_on)
    notify(
        people=[due[0].owner],
        template="assessments/reminder",
        context={"n": len(due), "due": for_the_record(first), "late": first < today},
        url=reverse("assessments:mine", args=[assessment.pk]),
    )
    return 1
