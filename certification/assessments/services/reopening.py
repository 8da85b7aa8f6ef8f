"""Asking for single answers anew: a new revision in which only what the scheme marked can change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies.models import Agency
from certification.assessments import selectors
from certification.assessments.models import Assessment
from certification.assessments.permissions import may_reopen
from certification.assessments.services.copying import copy_answers, copy_dismissals, copy_ledger
from certification.assessments.states import AssessmentState
from iris.accounts.models import User
from iris.accounts.selectors import members_of
from iris.core import clocks
from iris.core.days import for_the_record
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import Actor, act, lock
from iris.notify.services import notify

LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Flag:
    """One question that the scheme asks anew, and what it wants to know. `indicator_id` None is the cost ledger."""

    indicator_id: UUID | None
    note: str


@transaction.atomic
def reopen_flagged(
    *, assessment_id: UUID, flags: Sequence[Flag], due_on: dt.date, actor: User, reason: str
) -> Assessment:
    """Open the next revision of a declared assessment for the flagged questions only.

    Everything is copied; what was not flagged stays as declared. The declared one stands until the new one is declared.
    Raises NotPermitted, Conflict (not declared, replaced, or another one is open) and BadInput on `flags`, `due_on`
    and `reason`.
    """
    old = Assessment.objects.select_related("agency", "edition").get(pk=assessment_id)
    if not may_reopen(old, actor):
        raise NotPermitted(_("Only the scheme’s screener or manager asks for answers anew."))
    lock(Agency, old.agency_id)
    old = lock(Assessment, assessment_id)
    _refuse_unless_it_can_open(old)
    notes = _checked(old, flags, due_on, reason)
    new = _next_revision(old, notes.get(None, ""), due_on, actor, reason.strip())
    copy_answers(old, new, {pk: note for pk, note in notes.items() if pk is not None})
    copy_ledger(old, new)
    copy_dismissals(old, new)
    act(
        new.reopen,
        actor=actor,
        reason=reason,
        data={"questions": len(notes), "due_on": due_on.isoformat(), "of": str(old.pk)},
    )
    _tell_agency(new, len(notes))
    return new


def _refuse_unless_it_can_open(old: Assessment) -> None:
    if old.state != AssessmentState.FROZEN:
        raise Conflict(
            _("Only a declared self-assessment that nothing has replaced can be reopened."),
            code="not_declared",
        )
    at_work = selectors.open_assessment(old.agency)
    if at_work is not None:
        raise Conflict(
            _("The agency is working on cycle %(cycle)s already. Ask there, or wait until it is declared.")
            % {"cycle": at_work.cycle},
            code="another_open",
        )


def _checked(old: Assessment, flags: Sequence[Flag], due_on: dt.date, reason: str) -> dict[UUID | None, str]:
    """The notes by indicator; None is the ledger."""
    wrong: dict[str, list[str]] = {}
    notes = {flag.indicator_id: flag.note.strip() for flag in flags}
    known = set(old.answers.values_list("indicator_id", flat=True))
    if not notes:
        wrong["flags"] = [_("Mark at least one question that the agency is to answer anew.")]
    elif len(notes) < len(flags):
        wrong["flags"] = [_("One question is marked twice. Put both notes into one.")]
    elif not all(notes.values()):
        wrong["flags"] = [_("Say at every marked question what is missing. The agency reads it there.")]
    elif any(len(note) > LONGEST_NOTE for note in notes.values()):
        wrong["flags"] = [_("A note has at most %(most)s characters.") % {"most": LONGEST_NOTE}]
    elif {pk for pk in notes if pk is not None} - known:
        wrong["flags"] = [_("One of these questions is not part of this self-assessment.")]
    if due_on < clocks.today():
        wrong["due_on"] = [_("This day has passed. Choose today or a later day.")]
    if not reason.strip():
        wrong["reason"] = [_("Say in a sentence why. The agency reads it.")]
    if wrong:
        raise BadInput(fields=wrong)
    return notes


def _next_revision(
    old: Assessment, ledger_note: str, due_on: dt.date, actor: User, reason: str
) -> Assessment:
    last = Assessment.objects.filter(agency=old.agency_id, cycle=old.cycle).order_by("-revision").first()
    return Assessment.objects.create(
        agency_id=old.agency_id,
        edition_id=old.edition_id,
        cycle=old.cycle,
        revision=(last.revision if last else old.revision) + 1,
        previous=old,
        started_by=actor,
        due_on=due_on,
        reopen_reason=reason,
        ledger_flagged=bool(ledger_note),
        ledger_note=ledger_note,
    )


def _tell_agency(new: Assessment, questions: int) -> None:
    what = ngettext(
        "%(n)s question of your self-assessment", "%(n)s questions of your self-assessment", questions
    ) % {"n": questions}
    notify(
        people=[membership.user for membership in members_of(new.agency.organisation)],
        template="assessments/reopened",
        context={"what": what, "due": for_the_record(new.due_on), "reason": new.reopen_reason},
        url=reverse("assessments:assessment", args=[new.pk]),
    )


@transaction.atomic
def withdraw_reopening(*, assessment_id: UUID, actor: Actor, reason: str) -> Assessment:
    """Take a reopening back: the scheme needs no new answers, or its time is over. What was declared stands.

    Raises Conflict when it was declared or taken back meanwhile, NotPermitted, ReasonRequired.
    """
    assessment = lock(Assessment, assessment_id)
    act(assessment.withdraw_reopening, actor=actor, reason=reason)
    return assessment
