"""What a move to a newer edition of the Standard would do to a draft, and what the last one did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from certification.assessments.models import Answer, Assessment
from certification.assessments.models.moving import EditionMove
from certification.assessments.states import AnswerValue, AssessmentState
from certification.standard import selectors as standard
from certification.standard.models import Edition, Indicator
from certification.standard.selectors import same_words


@dataclass(frozen=True)
class Step:
    """One indicator of the new edition and the answers of the draft that it takes over."""

    indicator: Indicator
    answers: tuple[Answer, ...] = ()

    @property
    def main(self) -> Answer | None:
        """The answer that goes on here."""
        return self.answers[0] if self.answers else None

    @property
    def reworded(self) -> bool:
        """Whether the new text or question reads otherwise than what was answered."""
        if len(self.answers) > 1:
            return True
        return any(
            not same_words(answer.indicator.text, self.indicator.text)
            or not same_words(answer.indicator.question, self.indicator.question)
            for answer in self.answers
        )

    @property
    def agreed(self) -> bool:
        """Whether the answers that meet here say the same, and it may still be said."""
        says = {(answer.value, answer.maturity) for answer in self.answers}
        barred = (AnswerValue.NOT_APPLICABLE.value, None) in says and not self.indicator.applicable
        return len(says) == 1 and not barred


@dataclass(frozen=True)
class MovePlan:
    """A draft on its old edition, laid out on the new one."""

    old: Edition
    new: Edition
    last_day: date | None
    steps: list[Step]
    gone: list[Answer]
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> list[Step]:
        """Asked as before: what was written stays as it is."""
        return [step for step in self.steps if step.answers and not step.reworded]

    @property
    def reworded(self) -> list[Step]:
        """Asked in other words: what was written stays and is to be looked at."""
        return [step for step in self.steps if step.answers and step.reworded]

    @property
    def added(self) -> list[Step]:
        """New in this edition."""
        return [step for step in self.steps if not step.answers]


def edition_for(assessment: Assessment) -> Edition | None:
    """The newer edition a draft can move to. What belongs to a case that was sent stays where it is."""
    if assessment.state != AssessmentState.DRAFT:
        return None
    return standard.edition_after(assessment.edition)


def move_plan(assessment: Assessment, new: Edition) -> MovePlan:
    """What a move would keep, ask to look at again, add and put aside."""
    old = assessment.edition
    answers = {row.indicator.code: row for row in assessment.answers_in_order().prefetch_related("evidence")}
    origins = standard.origins(old, new)
    steps = [
        Step(row, tuple(answers[code] for code in origins.get(row.code, ()) if code in answers))
        for row in standard.indicators_of(new)
    ]
    taken = {answer.pk for step in steps for answer in step.answers}
    return MovePlan(
        old=old,
        new=new,
        last_day=standard.last_day_to_send(old, new),
        steps=steps,
        gone=[answer for answer in answers.values() if answer.pk not in taken],
        reasons={row["code"]: row["why"] for row in new.removed},
    )


@dataclass(frozen=True)
class EditionChange:
    """The news for an agency whose draft is on an edition that is being replaced."""

    new: Edition
    last_day: date | None
    reworded: int
    added: int
    gone: int


def edition_change(assessment: Assessment) -> EditionChange | None:
    """What changed and by when, for a draft on an edition that is being replaced; None for all others."""
    new = edition_for(assessment)
    if new is None:
        return None
    old = assessment.edition
    texts = {row.code: (row.text, row.question) for row in standard.indicators_of(old)}
    origins = standard.origins(old, new)
    taken = {code for codes in origins.values() for code in codes}
    kinds: Counter[str] = Counter()
    for row in standard.indicators_of(new):
        before = origins.get(row.code, ())
        if not before:
            kinds["added"] += 1
        elif len(before) > 1 or not _reads_alike(texts[before[0]], (row.text, row.question)):
            kinds["reworded"] += 1
    return EditionChange(
        new,
        standard.last_day_to_send(old, new),
        reworded=kinds["reworded"],
        added=kinds["added"],
        gone=len(texts.keys() - taken),
    )


def _reads_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return all(same_words(mine, yours) for mine, yours in zip(one, other, strict=True))


def last_move(assessment: Assessment) -> EditionMove | None:
    """The newest move of an assessment to another edition; an edition that goes on from none was not moved to."""
    if assessment.edition.previous_number is None:
        return None
    moves = EditionMove.objects.filter(assessment=assessment)
    return moves.select_related("from_edition", "to_edition", "moved_by").first()


def drafts_on_older_editions() -> QuerySet[Assessment]:
    """Open drafts on an edition that is being replaced or is no longer in force."""
    return (
        Assessment.objects.filter(state=AssessmentState.DRAFT, edition__state__in=("retiring", "retired"))
        .select_related("edition", "agency__organisation")
        .order_by("created_at")
    )
