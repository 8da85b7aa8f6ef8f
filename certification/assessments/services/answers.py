"""Answering the questions: saved partly, by several people, nothing of anyone's lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.assessments.models import Answer, AnswerEvidence, Assessment, Evidence
from certification.assessments.rules import wrong_in_entry
from certification.assessments.services.rows import write_rows
from certification.assessments.services.writing import open_for
from certification.assessments.states import AnswerValue, AssessmentState
from iris.accounts.models import Membership, User
from iris.core import clocks, events
from iris.core.days import for_the_record, moment_in_words
from iris.core.errors import BadInput, Conflict, DomainError
from iris.notify.services import notify

FIELDS = ("value", "maturity", "reason", "comment", "owner_id", "due_on")
WRITTEN = (
    "value",
    "maturity",
    "reason",
    "comment",
    "owner",
    "due_on",
    "carried",
    "version",
    "updated_at",
    "updated_by",
)


@dataclass(frozen=True)
class AnswerEntry:
    """What a person wrote for one indicator, and the version of the answer they had before them."""

    indicator_id: UUID
    version: int
    value: str = ""
    maturity: int | None = None
    reason: str = ""
    comment: str = ""
    owner_id: UUID | None = None
    due_on: dt.date | None = None
    evidence_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class AnswerConflict:
    """Someone else changed the answer meanwhile: theirs stands, yours is handed back."""

    theirs: Answer
    yours: AnswerEntry
    message: str


@dataclass
class SaveResult:
    """What became of the entries of one page."""

    saved: list[Answer] = field(default_factory=list)
    unchanged: list[Answer] = field(default_factory=list)
    conflicts: list[AnswerConflict] = field(default_factory=list)
    refused: dict[UUID, DomainError] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether nothing is left for the person to look at."""
        return not self.conflicts and not self.refused


@transaction.atomic
def save_answers(*, assessment_id: UUID, actor: User, entries: Sequence[AnswerEntry]) -> SaveResult:
    """Save the answers of one page. Good ones are kept even when another is refused or in conflict."""
    assessment = open_for(assessment_id, actor)
    answers = {
        answer.indicator_id: answer
        for answer in assessment.answers_in_order()
        .select_related("updated_by")
        .prefetch_related("evidence")
        .filter(indicator_id__in=[entry.indicator_id for entry in entries])
    }
    result = SaveResult()
    known = _Known(assessment, entries)
    changes = _Changes(assessment, actor)
    for entry in entries:
        answer = answers.get(entry.indicator_id)
        if answer is None:
            raise Answer.DoesNotExist
        try:
            _save_one(answer, entry, known, changes, result)
        except BadInput as error:
            result.refused[entry.indicator_id] = error
    changes.write()
    return result


def save_answer(*, assessment_id: UUID, actor: User, entry: AnswerEntry) -> Answer:
    """Save one answer. Raises BadInput, or Conflict when someone else changed it first."""
    result = save_answers(assessment_id=assessment_id, actor=actor, entries=[entry])
    for error in result.refused.values():
        raise error
    for conflict in result.conflicts:
        raise Conflict(conflict.message)
    return (result.saved or result.unchanged)[0]


class _Known:
    """The documents and colleagues that the entries name, read once for the whole page."""

    def __init__(self, assessment: Assessment, entries: Sequence[AnswerEntry]) -> None:
        documents = {pk for entry in entries for pk in entry.evidence_ids}
        owners = {entry.owner_id for entry in entries if entry.owner_id}
        here = Evidence.objects.filter(agency_id=assessment.agency_id, pk__in=documents) if documents else ()
        members = Membership.objects.filter(
            organisation_id=assessment.agency.organisation_id, user_id__in=owners, active=True
        )
        self.documents = {document.pk for document in here}
        self.people = set(members.values_list("user_id", flat=True)) if owners else set()

    def check(self, entry: AnswerEntry) -> None:
        """Refuse what is not the agency's own."""
        if not entry.evidence_ids <= self.documents:
            raise BadInput(
                fields={"evidence": [_("One of these documents is not in your library. Choose again.")]}
            )
        if entry.owner_id is not None and entry.owner_id not in self.people:
            raise BadInput(fields={"owner": [_("Choose a colleague of your agency.")]})


class _Changes:
    """What a page changes, written at its end in a handful of statements and one event."""

    def __init__(self, assessment: Assessment, actor: User) -> None:
        self.assessment, self.actor = assessment, actor
        self.touched: list[Answer] = []
        self.said: list[dict[str, Any]] = []
        self.new_links: list[AnswerEvidence] = []
        self.gone = Q(pk__in=[])
        self.asked: list[Answer] = []

    def touch(self, answer: Answer) -> None:
        """This person looked at it or wrote it now."""
        answer.carried = False
        answer.version += 1
        answer.updated_at, answer.updated_by = clocks.now(), self.actor
        self.touched.append(answer)

    def take(self, answer: Answer, entry: AnswerEntry) -> None:
        """The entry becomes the answer."""
        if entry.owner_id and entry.owner_id not in (answer.owner_id, self.actor.pk):
            self.asked.append(answer)
        for name in FIELDS:
            setattr(answer, name, getattr(entry, name))
        if answer.value == AnswerValue.NOT_APPLICABLE:
            answer.maturity = None
        self.touch(answer)
        before = {document.pk for document in answer.evidence.all()}
        added = sorted(entry.evidence_ids - before)
        self.new_links += [AnswerEvidence(answer=answer, evidence_id=pk) for pk in added]
        if before - entry.evidence_ids:
            self.gone |= Q(answer=answer, evidence_id__in=before - entry.evidence_ids)
        self.said.append(_for_the_log(answer, entry))

    def write(self) -> None:
        """Everything at once: answers, documents, the event, the letters to colleagues."""
        if not self.touched:
            return
        write_rows(self.touched, WRITTEN)
        if self.gone != Q(pk__in=[]):
            AnswerEvidence.objects.filter(self.gone).delete()
        AnswerEvidence.objects.bulk_create(self.new_links)
        if self.said:
            events.record(self.assessment, act="answered", actor=self.actor, data={"answers": self.said})
        for answer in self.asked:
            _tell_owner(self.assessment, answer, self.actor)


def _save_one(
    answer: Answer, entry: AnswerEntry, known: _Known, changes: _Changes, result: SaveResult
) -> None:
    if _same(answer, entry):
        if answer.carried:
            changes.touch(answer)
        result.unchanged.append(answer)
        return
    if answer.version != entry.version:
        result.conflicts.append(AnswerConflict(theirs=answer, yours=entry, message=_who_changed(answer)))
        return
    if changes.assessment.state == AssessmentState.REOPENED and not answer.flagged:
        raise BadInput(
            fields={
                "value": [_("The scheme asked about other questions only. This answer stays as declared.")]
            }
        )
    wrong = wrong_in_entry(entry, may_be_not_applicable=answer.indicator.may_be_not_applicable)
    if wrong:
        raise BadInput(fields=wrong)
    known.check(entry)
    changes.take(answer, entry)
    result.saved.append(answer)


def _same(answer: Answer, entry: AnswerEntry) -> bool:
    evidence = {document.pk for document in answer.evidence.all()}
    return (
        all(getattr(answer, name) == getattr(entry, name) for name in FIELDS)
        and evidence == entry.evidence_ids
    )


def _who_changed(answer: Answer) -> str:
    who = answer.updated_by.label if answer.updated_by else _("Someone")
    when = f"{moment_in_words(answer.updated_at)} UTC" if answer.updated_at else ""
    return _(
        "%(who)s saved another answer on %(when)s, while you were writing. Both are shown: choose what stays."
    ) % {
        "who": who,
        "when": when,
    }


def _for_the_log(answer: Answer, entry: AnswerEntry) -> dict[str, Any]:
    """What the event keeps of an answer: nothing that a person typed."""
    return {
        "indicator": answer.indicator.code,
        "value": answer.value,
        "maturity": answer.maturity,
        "version": answer.version,
        "evidence": sorted(str(pk) for pk in entry.evidence_ids),
    }


def _tell_owner(assessment: Assessment, answer: Answer, actor: User) -> None:
    notify(
        people=[answer.owner] if answer.owner else [],
        template="assessments/asked",
        context={
            "asker": actor.label,
            "what": _("question %(code)s of the self-assessment") % {"code": answer.indicator.code},
            "due": for_the_record(answer.due_on),
            "note": "",
        },
        url=reverse("assessments:criterion", args=[assessment.pk, answer.indicator.criterion.code]),
    )


@transaction.atomic
def plan_gap(
    *,
    assessment_id: UUID,
    actor: User,
    indicator_id: UUID,
    version: int,
    action: str,
    owner: str,
    due_on: dt.date | None,
) -> Answer:
    """Say what is done about a gap, by whom and until when."""
    assessment = open_for(assessment_id, actor)
    answer = (
        assessment.answers_in_order().select_related("updated_by").filter(indicator_id=indicator_id).first()
    )
    if answer is None:
        raise Answer.DoesNotExist
    if answer.version != version:
        raise Conflict(_who_changed(answer))
    if assessment.is_reopened and not answer.flagged:
        raise Conflict(_("The scheme asked about other questions only. This answer stays as declared."))
    if not answer.gap:
        raise BadInput(_("This answer shows no gap any more, so it needs no action."))
    wrong: dict[str, list[str]] = {}
    if not action.strip():
        wrong["action"] = [_("Write what will be done.")]
    if not owner.strip():
        wrong["owner"] = [_("Write who does it.")]
    if due_on is None:
        wrong["due_on"] = [_("Choose the day by which it is done.")]
    elif due_on < clocks.today():
        wrong["due_on"] = [_("This day has passed. Choose today or a later day.")]
    if wrong:
        raise BadInput(fields=wrong)
    answer.plan_action, answer.plan_owner, answer.plan_due_on = action.strip(), owner.strip(), due_on
    answer.version += 1
    answer.updated_at, answer.updated_by = clocks.now(), actor
    answer.save()
    events.record(assessment, act="planned", actor=actor, data={"indicator": answer.indicator.code})
    return answer
