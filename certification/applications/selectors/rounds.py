"""The rounds of a deferral: what was asked, by when, what came, and what changed in the marked questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.applications.models import Application, Deferral, DeferralFlag
from certification.assessments import selectors as assessments
from certification.assessments.models import Answer, Assessment
from certification.assessments.selectors.changes import Difference
from certification.assessments.states import AssessmentState


@dataclass(frozen=True)
class Asked:
    """One marked question: the note of the scheme, and how the answer changed once it is declared."""

    code: str
    question: str
    note: str
    differences: list[Difference]


@dataclass(frozen=True)
class Round:
    """One deferral with its questions."""

    deferral: Deferral
    asked: list[Asked] = field(default_factory=list)

    @property
    def is_declared(self) -> bool:
        """Whether the new revision was declared, so that there is something to compare."""
        reopened = self.deferral.reopened
        return reopened is not None and reopened.frozen_at is not None

    @property
    def waits(self) -> bool:
        """Whether the agency has still to answer."""
        return self.deferral.answered_at is None


def rounds_of(application: Application) -> list[Round]:
    """Every deferral of a case, newest first."""
    rows = (
        Deferral.objects.filter(application=application)
        .select_related("before", "reopened", "asked_by", "answered_by", "extended_by")
        .prefetch_related("flags__indicator")
        .order_by("-number")
    )
    return [Round(row, _asked(row)) for row in rows]


def waiting_round(application: Application) -> Deferral | None:
    """The deferral that waits for its answer."""
    return (
        Deferral.objects.filter(application=application, answered_at=None)
        .select_related("reopened", "before")
        .order_by("-number")
        .first()
    )


def still_to_answer(deferral: Deferral | None) -> list[object]:
    """What of the reopened revision is left before it can be declared; each reads as a sentence, may carry a `url`."""
    if deferral is None or deferral.reopened is None:
        return []
    if deferral.reopened.state != AssessmentState.REOPENED:
        return []
    return list(assessments.missing_for_freeze(deferral.reopened))


def _asked(deferral: Deferral) -> list[Asked]:
    flags = list(deferral.flags.all())
    if not flags:
        return []
    changed = _changes(deferral.reopened, flags)
    found = [
        Asked(
            flag.indicator.code if flag.indicator else "",
            flag.indicator.question if flag.indicator else _("The cost ledger"),
            flag.note,
            changed.get(flag.indicator_id, []) if flag.indicator_id else [],
        )
        for flag in flags
    ]
    return sorted(found, key=lambda each: (not each.code, each.code))


def _changes(reopened: Assessment | None, flags: Iterable[DeferralFlag]) -> dict[object, list[Difference]]:
    """Then and now of the marked questions, once they are declared."""
    if reopened is None or reopened.frozen_at is None:
        return {}
    wanted = {flag.indicator_id for flag in flags}
    return {
        change.answer.indicator_id: change.differences
        for change in assessments.changes(reopened)
        if change.answer.indicator_id in wanted
    }


@dataclass(frozen=True)
class Question:
    """A question that may be marked when a case is deferred, with what was declared."""

    answer: Answer
    said: StrOrPromise


def questions_to_mark(application: Application) -> list[tuple[str, str, list[Question]]]:
    """The declared answers by principle (code, title, questions), for the form that marks some of them."""
    if application.assessment is None:
        return []
    groups: dict[str, tuple[str, str, list[Question]]] = {}
    for answer in application.assessment.answers_in_order():
        principle = answer.indicator.criterion.principle
        group = groups.setdefault(principle.code, (principle.code, principle.title, []))
        group[2].append(Question(answer, answer.get_value_display() or _("No answer")))
    return list(groups.values())
