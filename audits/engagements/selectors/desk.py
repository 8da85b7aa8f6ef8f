"""The auditors' desk: answers, evidence, notes and marks of rooms above, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from certification.assessments.models import Answer
from certification.standard.models import Indicator, Principle
from iris.accounts.models import User
from iris.core.errors import Text

from ..models import Audit, IndicatorNote, InterviewCount, NoteDraft
from ..states import SETTLED, IntervieweeKind, Rating, Stage
from .offers import Panel


@dataclass(frozen=True)
class Mark:
    """Something a room above says about an indicator of an audit, for example a finding."""

    text: Text
    url: str
    tone: str
    icon: str = ""


MarkProvider = Callable[[Audit], dict[UUID, list[Mark]]]
_marks: dict[str, MarkProvider] = {}


def offer_marks(key: str, provider: MarkProvider) -> None:
    """Called in AppConfig.ready() of a room above that marks indicators on the desk."""
    _marks[key] = provider


def marks_of(audit: Audit) -> dict[UUID, list[Mark]]:
    """What rooms above say, by indicator."""
    found: dict[UUID, list[Mark]] = {}
    for provider in _marks.values():
        for indicator_id, marks in provider(audit).items():
            found.setdefault(indicator_id, []).extend(marks)
    return found


# Cards of rooms above beside each indicator of the desk, for the indicators that are asked for.
CardProvider = Callable[[Audit, User, Sequence[UUID]], dict[UUID, Panel]]
_cards: dict[str, CardProvider] = {}


def offer_desk_cards(key: str, provider: CardProvider) -> None:
    """Called in AppConfig.ready() of a room above: `provider(audit, user, indicator_ids)` gives a card by indicator.

    A card stands inside the form of the rating desk: links and words, no form of its own.
    """
    _cards[key] = provider


@dataclass
class DeskRow:
    """One indicator on the desk: what the agency says and shows, and what the auditors wrote."""

    indicator: Indicator
    answer: Answer | None
    evidence: list[Any]
    desk: IndicatorNote | None
    site: IndicatorNote | None
    marks: list[Mark] = field(default_factory=list)
    cards: list[Panel] = field(default_factory=list)
    drafts: dict[int, NoteDraft] = field(default_factory=dict)
    clash: Any = None  # what somebody else saved meanwhile, set by the page

    def rated_in(self, stage: int) -> IndicatorNote | None:
        """What the auditors wrote in one stage."""
        return self.desk if stage == Stage.DESK else self.site

    @property
    def settled(self) -> bool:
        """Whether stage 1 settled it, so that stage 2 need not look again."""
        return self.desk is not None and self.desk.rating in SETTLED


def desk_rows(audit: Audit, principle: Principle, user: User) -> list[DeskRow]:
    """The indicators of one principle with answers, evidence and notes, side by side; drafts are the person's own."""
    indicators = list(
        Indicator.objects.filter(criterion__principle=principle)
        .select_related("criterion")
        .order_by("criterion__order", "order")
    )
    drafts: dict[UUID, dict[int, NoteDraft]] = {}
    for draft in NoteDraft.objects.filter(
        audit=audit, author=user, indicator__criterion__principle=principle
    ):
        drafts.setdefault(draft.indicator_id, {})[draft.stage] = draft
    ids = [one.pk for one in indicators]
    cards = [provider(audit, user, ids) for provider in _cards.values()]
    answers = {
        one.indicator_id: one
        for one in Answer.objects.filter(
            assessment_id=audit.assessment.pk, indicator__criterion__principle=principle
        ).prefetch_related("evidence__file")
    }
    notes = {
        (one.indicator_id, one.stage): one
        for one in audit.notes.filter(indicator__criterion__principle=principle).select_related("author")
    }
    marks = marks_of(audit)
    rows = []
    for indicator in indicators:
        answer = answers.get(indicator.pk)
        rows.append(
            DeskRow(
                indicator=indicator,
                answer=answer,
                evidence=list(answer.evidence.all()) if answer else [],
                desk=notes.get((indicator.pk, Stage.DESK)),
                site=notes.get((indicator.pk, Stage.SITE)),
                marks=marks.get(indicator.pk, []),
                cards=[found[indicator.pk] for found in cards if indicator.pk in found],
                drafts=drafts.get(indicator.pk, {}),
            )
        )
    return rows


@dataclass(frozen=True)
class PrincipleProgress:
    """How far a principle is in one stage."""

    principle: Principle
    total: int
    rated: int
    weak: int

    @property
    def left(self) -> int:
        """Indicators without a rating."""
        return self.total - self.rated

    @property
    def done(self) -> bool:
        """Whether every indicator has its rating."""
        return self.rated >= self.total


def progress(audit: Audit, stage: int) -> list[PrincipleProgress]:
    """Ratings by principle; in stage 2 what stage 1 settled counts as rated."""
    principles = list(
        Principle.objects.filter(edition_id=audit.assessment.edition_id)
        .annotate(total=Count("criteria__indicators", filter=audit.scope_filter("criteria__indicators__")))
        .order_by("order")
    )
    notes = IndicatorNote.objects.filter(audit.scope_filter("indicator__"), audit=audit)
    if stage == Stage.SITE:
        notes = notes.filter(Q(stage=Stage.SITE) | Q(stage=Stage.DESK, rating__in=SETTLED))
    else:
        notes = notes.filter(stage=stage)
    counted = {
        row["indicator__criterion__principle"]: row
        for row in notes.values("indicator__criterion__principle").annotate(
            rated=Count("indicator", distinct=True),
            weak=Count(
                "indicator", filter=Q(rating__in=[Rating.PARTLY, Rating.FAILS, Rating.CHECK]), distinct=True
            ),
        )
    }
    empty = {"rated": 0, "weak": 0}
    return [
        PrincipleProgress(
            principle=one,
            total=one.total,
            rated=counted.get(one.pk, empty)["rated"],
            weak=counted.get(one.pk, empty)["weak"],
        )
        for one in principles
    ]


def interview_rows(audit: Audit) -> list[tuple[IntervieweeKind, InterviewCount | None]]:
    """Every kind of interviewee with its count, where there is one."""
    counts = {one.kind: one for one in audit.interviews.all()}
    return [(kind, counts.get(kind)) for kind in IntervieweeKind]
