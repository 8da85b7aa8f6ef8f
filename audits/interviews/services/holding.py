"""From the plan to the end of an interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.bodies.states import language_table
from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.states import IntervieweeKind
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock
from iris.core.places import check_corridor

from .. import rules, selectors
from ..models import Interview, Statement
from ..permissions import may_interview
from ..rules import Question
from ..selectors.vault import known_people, names_given_away
from ..states import (
    GROUP_SIZES,
    WORKER_KINDS,
    ConsentGiven,
    Interpreter,
    InterviewState,
    Mode,
    Sex,
    StopReason,
    Wish,
    WithdrawReason,
)
from . import vault

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class InterviewDetails:
    """What is known of an interview beside who it is with."""

    kind: str
    mode: str
    place: str
    planned_for: date
    language: str
    sex: str
    interviewer_sex: str
    interpreter: str = Interpreter.NONE
    wish: str = Wish.NOT_ASKED
    people: int = 1
    origin: str = ""
    destination: str = ""
    employer_code: str = ""


@dataclass(frozen=True)
class Reply:
    """An answer to one question of the guide."""

    answer: str
    note: str = ""


@transaction.atomic
def plan_interview(*, audit_id: UUID, actor: User, details: InterviewDetails) -> Interview:
    """Plan a talk. Who it is with is sealed apart, by `name_person`."""
    audit = lock(Audit, audit_id)
    if not may_interview(audit, actor):
        raise NotPermitted
    if audit.planned_at is None:
        raise TransitionRefused(_("Interviews are planned once the audit has its plan."))
    _check(audit, details)
    made = Interview.objects.create(
        audit=audit, number=selectors.next_number(audit), interviewer=actor, **asdict(details)
    )
    events.record(made, act="plan", actor=actor, data={"number": made.number})
    return made


@transaction.atomic
def change_interview(*, interview_id: UUID, actor: User, details: InterviewDetails) -> Interview:
    """Change what was planned; whoever changes it becomes the interviewer. Only before consent is given."""
    interview = lock(Interview, interview_id)
    if not may_interview(interview.audit, actor):
        raise NotPermitted
    if interview.state != InterviewState.PLANNED:
        raise TransitionRefused(_("Consent was given for what was planned. Plan another interview instead."))
    _check(interview.audit, details)
    for name, value in asdict(details).items():
        setattr(interview, name, value)
    interview.interviewer = actor
    interview.save()
    events.record(interview, act="change", actor=actor)
    return interview


def _check(audit: Audit, details: InterviewDetails) -> None:
    problems: dict[str, list[str]] = {}
    for name in ("kind", "mode", "place", "sex", "interviewer_sex", "interpreter", "wish"):
        choices = dict(Interview._meta.get_field(name).flatchoices)  # type: ignore[union-attr] # own fields with choices
        if getattr(details, name) not in choices:
            problems[name] = [_("Choose from the list.")]
    if details.language not in language_table()[0]:
        problems["language"] = [_("Choose a language from the list.")]
    fewest, most = GROUP_SIZES
    if details.mode == Mode.GROUP and not fewest <= details.people <= most:
        problems["people"] = [
            _("A group has %(fewest)d to %(most)d people; found %(found)d. Plan two groups or single talks.")
            % {"fewest": fewest, "most": most, "found": details.people}
        ]
    if details.mode != Mode.GROUP and details.people != 1:
        problems["people"] = [
            _("One person speaks in a talk that is not a group. Choose the group, or write 1.")
        ]
    if details.sex == Sex.MIXED and details.mode != Mode.GROUP:
        problems["sex"] = [_("Only a group can be mixed.")]
    if details.kind in WORKER_KINDS and not (details.origin and details.destination):
        problems["origin"] = [_("Say from which country to which: workers are counted by corridor.")]
    elif details.origin or details.destination:
        check_corridor(details.origin, details.destination)
    if sentence := names_given_away(audit, details.employer_code):
        problems["employer_code"] = [sentence]
    elif rules.looks_like_a_number(details.employer_code):
        problems["employer_code"] = [
            _("Write a short code such as E3, not a number that could be looked up.")
        ]
    if problems:
        raise BadInput(fields=problems)


@transaction.atomic
def record_consent(*, interview_id: UUID, actor: User, language: str, given: str, version: str) -> Interview:
    """The person agreed to talk, having heard the text of this version in this language."""
    interview = lock(Interview, interview_id)
    text = rules.consent(language)
    if given not in ConsentGiven.values:
        raise BadInput(fields={"given": [_("Say how the person agreed: aloud or signed.")]})
    if version != text.version:
        raise BadInput(_("The consent text has changed. Read the one shown now to the person."))
    if text.fallback and interview.interpreter == Interpreter.NONE and language != interview.language:
        raise BadInput(
            fields={
                "language": [
                    _("The text is not written in this language. Choose one the person understands.")
                ]
            }
        )
    act(
        interview.consent,
        actor=actor,
        data={"version": version, "language": language},
        version=version,
        language=language,
        given=given,
    )
    return interview


@transaction.atomic
def save_statements(*, interview_id: UUID, actor: User, replies: Mapping[str, Reply]) -> int:
    """Keep answers; an empty one takes an answer back. Returns how many changed; none is kept when one is wrong.

    Raises TransitionRefused without consent, BadInput for an answer that is not offered and for a note that gives
    somebody away.
    """
    interview = lock(Interview, interview_id)
    if not may_interview(interview.audit, actor):
        raise NotPermitted
    if interview.state != InterviewState.CONSENTED:
        raise TransitionRefused(_say_why_not(interview))
    asked = {one.id: one for group in rules.guide().groups_for(interview.kind) for one in group.questions}
    _check_replies(interview.audit, asked, replies)
    kept = {row.question: row for row in interview.statements.all()}
    indicators = _indicators(interview.audit)
    changed = 0
    for question_id, reply in replies.items():
        before = kept.get(question_id)
        if before is not None and (before.answer, before.note) == (reply.answer, reply.note.strip()):
            continue
        if not reply.answer:
            changed += 1 if before is not None else 0
            if before is not None:
                before.delete()
            continue
        _keep(interview, actor, asked[question_id], reply, indicators)
        changed += 1
    if changed:
        events.record(interview, act="write", actor=actor, data={"count": changed})
    return changed


def _say_why_not(interview: Interview) -> str:
    if interview.state == InterviewState.PLANNED:
        return _(
            "No consent is on record. Read the consent text to the person first; without it nothing is kept."
        )
    return (
        _("Answers are written while the interview is under way; it is now: %s.")
        % InterviewState(interview.state).label
    )


def _indicators(audit: Audit) -> dict[str, Indicator]:
    rows = Indicator.objects.filter(criterion__principle__edition_id=audit.assessment.edition_id)
    return {row.code: row for row in rows}


def _check_replies(audit: Audit, asked: Mapping[str, Question], replies: Mapping[str, Reply]) -> None:
    problems: dict[str, list[str]] = {}
    known = known_people(audit) if any(reply.note.strip() for reply in replies.values()) else []
    for question_id, reply in replies.items():
        question = asked.get(question_id)
        if question is None:
            raise BadInput(_("This question is not asked of this kind of person. Reload the page."))
        note = reply.note.strip()
        if reply.answer and reply.answer not in question.answers:
            problems[f"{question_id}-answer"] = [_("Choose an answer from the list.")]
        if note and not reply.answer:
            problems[f"{question_id}-answer"] = [_("Choose an answer for your note.")]
        if len(note) > LONGEST_NOTE:
            problems[f"{question_id}-note"] = [
                _("Keep the note under %(most)d characters; found %(found)d.")
                % {"most": LONGEST_NOTE, "found": len(note)}
            ]
        elif sentence := names_given_away(audit, note, known):
            problems[f"{question_id}-note"] = [sentence]
        elif rules.looks_like_a_number(note):
            problems[f"{question_id}-note"] = [
                _("This looks like a phone or document number. Take it out; write sums with their currency.")
            ]
    if problems:
        raise BadInput(fields=problems)


def _keep(
    interview: Interview, actor: User, question: Question, reply: Reply, indicators: Mapping[str, Indicator]
) -> None:
    linked = next((indicators[code] for code in question.indicators if code in indicators), None)
    Statement.objects.update_or_create(
        interview=interview,
        question=question.id,
        defaults={
            "guide_version": rules.guide().version,
            "indicator": linked,
            "answer": reply.answer,
            "note": reply.note.strip(),
            "ilo": question.ilo if reply.answer in question.signs else None,
            "author": actor,
            "changed_on": clocks.today(),
        },
    )


@transaction.atomic
def finish_interview(*, interview_id: UUID, actor: User, held_on: date | None = None) -> Interview:
    """The talk is over: it counts."""
    interview = lock(Interview, interview_id)
    day = held_on or clocks.today()
    if day > clocks.today() or (interview.consented_on and day < interview.consented_on):
        raise BadInput(fields={"held_on": [_("The day lies between the day of consent and today.")]})
    act(interview.hold, actor=actor, held_on=day)
    _count(interview)
    return interview


@transaction.atomic
def stop_interview(*, interview_id: UUID, actor: User, why: str) -> Interview:
    """Break off without a safety concern. What was said is kept unless the person takes it back."""
    interview = lock(Interview, interview_id)
    if why not in StopReason.values or why == StopReason.SAFEGUARD:
        raise BadInput(fields={"why": [_("Choose from the list why it stopped.")]})
    act(interview.stop, actor=actor, data={"why": str(why)}, why=why)
    return interview


@transaction.atomic
def withdraw_interview(*, interview_id: UUID, actor: User, why: str) -> Interview:
    """The person does not take part, or takes it back: answers and identity are erased, their number stays."""
    interview = lock(Interview, interview_id)
    if why not in WithdrawReason.values:
        raise BadInput(fields={"why": [_("Choose from the list why nothing is kept.")]})
    counted = interview.state == InterviewState.HELD
    erased = interview.statements.count()
    act(interview.withdraw, actor=actor, data={"why": str(why), "erased": erased}, why=why, erased=erased)
    interview.statements.all().delete()
    vault.erase_of(interview)
    if counted:
        _count(interview)
    return interview


def _count(interview: Interview) -> None:
    """The count of this kind in the audit follows the records."""
    held = selectors.held_by_kind(interview.audit).get(interview.kind, 0)
    note = "" if held else _("All interviews of this kind were taken back.")
    engagements.keep_count(audit=interview.audit, kind=IntervieweeKind(interview.kind), held=held, note=note)
