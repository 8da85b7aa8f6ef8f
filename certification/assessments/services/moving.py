"""Moving a draft to a newer edition of the Standard: by the agency's own act, or by the rule of that edition."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.assessments.models import Answer, AnswerEvidence, Assessment
from certification.assessments.models.moving import EditionMove, SetAside
from certification.assessments.permissions import AGENCY_ROLES, works_for
from certification.assessments.selectors.moving import (
    MovePlan,
    Step,
    drafts_on_older_editions,
    edition_for,
    move_plan,
)
from certification.assessments.states import AssessmentState
from certification.standard import selectors as standard
from certification.standard.models import Edition, Indicator
from iris.accounts.models import User
from iris.accounts.selectors import people_of
from iris.core import clocks, events
from iris.core.days import for_the_record
from iris.core.errors import TransitionRefused
from iris.core.events import SYSTEM
from iris.core.fsm import Actor, lock
from iris.notify.services import notify

WRITTEN = ("value", "maturity", "reason", "comment", "plan_action", "plan_owner", "plan_due_on")
ALSO_COPIED = ("owner_id", "due_on", "asked_at", "before_id", "updated_at", "updated_by_id")
CHANGED = ("indicator", "value", "maturity", "reason", "comment", "carried", "version")


@transaction.atomic
def move_to_edition(assessment_id: UUID, actor: Actor) -> EditionMove:
    """Move an open draft to the edition in force. Answers go with their questions; nothing typed is lost.

    Raises TransitionRefused where there is no newer edition, or where the assessment belongs to a case that was sent:
    that stays on the edition it was sent on.
    """
    assessment = lock(Assessment, assessment_id)
    if isinstance(actor, User) and not works_for(assessment.agency, actor):
        raise Assessment.DoesNotExist
    new = edition_for(assessment)
    if new is None:
        raise TransitionRefused(_why_not(assessment), code="stays_on_edition")
    plan = move_plan(assessment, new)
    move = EditionMove.objects.create(
        assessment=assessment,
        from_edition=plan.old,
        to_edition=new,
        moved_by=actor if isinstance(actor, User) else None,
        kept=sum(bool(step.main and step.main.value) for step in plan.kept),
        reworded=[step.indicator.code for step in plan.reworded],
        added=[step.indicator.code for step in plan.added],
    )
    _put_aside(move, plan)
    _carry_over(assessment, plan)
    assessment.edition = new
    assessment.save(update_fields=["edition"])
    said = {"from": plan.old.number, "to": new.number, "kept": move.kept, "added": move.added}
    data = {**said, "reworded": move.reworded, "gone": [answer.indicator.code for answer in plan.gone]}
    events.record(assessment, act="moved_to_edition", actor=actor, data=data)
    return move


def _why_not(assessment: Assessment) -> str:
    number = {"n": assessment.edition.number}
    if assessment.state != AssessmentState.DRAFT:
        return (
            _("This self-assessment belongs to an application that was sent. It stays on edition %(n)s.")
            % number
        )
    return _("Edition %(n)s is the one in force. There is nothing to move to.") % number


def _put_aside(move: EditionMove, plan: MovePlan) -> None:
    """What no indicator takes over, and what met another answer that says something else."""
    rows = [_aside(move, answer, why=plan.reasons.get(answer.indicator.code, "")) for answer in plan.gone]
    seen = {answer.pk for answer in plan.gone}
    for step in plan.steps:
        told = step.answers if not step.agreed else step.answers[1:]
        for answer in told:
            if answer.pk not in seen:
                seen.add(answer.pk)
                rows.append(_aside(move, answer, went_to=step.indicator.code))
    SetAside.objects.bulk_create(rows)


def _aside(move: EditionMove, answer: Answer, why: str = "", went_to: str = "") -> SetAside:
    return SetAside(
        move=move,
        indicator=answer.indicator,
        why=why,
        went_to=went_to,
        documents=[{"id": str(row.pk), "title": row.title} for row in answer.evidence.all()],
        **{name: getattr(answer, name) for name in WRITTEN},
    )


def _carry_over(assessment: Assessment, plan: MovePlan) -> None:
    """Each old answer becomes that of its first successor; further successors get a copy; the rest begins empty."""
    used: set[UUID] = set()
    changed: list[Answer] = []
    made: list[Answer] = []
    links: list[AnswerEvidence] = []
    for step in plan.steps:
        main = step.main
        if main is not None and main.pk not in used:
            used.add(main.pk)
            answer = main
            changed.append(answer)
        else:
            answer = _copy(assessment, main, step.indicator)
            made.append(answer)
        links += _missing_links(step, answer)
        _settle(answer, step)
    Answer.objects.filter(assessment=assessment).exclude(pk__in=used).delete()
    Answer.objects.bulk_update(changed, CHANGED)
    Answer.objects.bulk_create(made)
    AnswerEvidence.objects.bulk_create(links)


def _copy(assessment: Assessment, main: Answer | None, indicator: Indicator) -> Answer:
    answer = Answer(assessment=assessment, indicator=indicator)
    if main is not None:
        for name in (*WRITTEN, *ALSO_COPIED):
            setattr(answer, name, getattr(main, name))
    return answer


def _missing_links(step: Step, answer: Answer) -> list[AnswerEvidence]:
    """The documents of all answers that meet here, but for those this one shows already."""
    main = step.main
    own = {row.pk for row in main.evidence.all()} if main is not None and main.pk == answer.pk else set()
    wanted = {row.pk for before in step.answers for row in before.evidence.all()}
    return [AnswerEvidence(answer=answer, evidence_id=pk) for pk in sorted(wanted - own)]


def _settle(answer: Answer, step: Step) -> None:
    reworded = step.reworded  # before the answer takes the new indicator, which may be the one compared with
    if step.answers and not step.agreed:
        answer.value, answer.maturity, answer.reason, answer.comment = "", None, "", ""
    answer.indicator = step.indicator
    answer.carried = bool(answer.value) and (reworded or answer.carried)
    answer.version += 1


def follow_rule() -> list[EditionMove]:
    """Move the drafts whose new edition moves them, and those whose last day to be sent has passed. Idempotent."""
    moved = []
    for assessment in drafts_on_older_editions():
        new = edition_for(assessment)
        if new is None:
            continue
        last = standard.last_day_to_send(assessment.edition, new)
        if last is None or last < clocks.today():
            moved.append(_by_rule(assessment))
        else:
            _tell(assessment, new, "assessments/edition_changed", last=last)
    return moved


@transaction.atomic
def _by_rule(assessment: Assessment) -> EditionMove:
    move = move_to_edition(assessment.pk, SYSTEM)
    _tell(assessment, move.to_edition, "assessments/edition_moved", move=move)
    return move


def _tell(assessment: Assessment, new: Edition, template: str, **more: Any) -> None:
    """The people of the agency who work on it, each once per edition."""
    notify(
        people=people_of(assessment.agency.organisation, *AGENCY_ROLES),
        template=template,
        context={"number": new.number, "old": assessment.edition.number, **_words(more)},
        url=reverse("assessments:edition", args=[assessment.pk]),
        key=f"{template}:{assessment.pk}:{new.number}",
    )


def _words(more: dict[str, Any]) -> dict[str, Any]:
    move, last = more.get("move"), more.get("last")
    if move is not None:
        return {"reworded": len(move.reworded), "added": len(move.added)}
    return {"last": for_the_record(last)}
