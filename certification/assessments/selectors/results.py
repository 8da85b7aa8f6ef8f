"""What an assessment says, by principle; and its gaps. Costs borne by workers are no part of any number here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from certification.assessments.models import Answer, Assessment
from certification.assessments.rules import is_answered, is_gap, weight_of
from certification.assessments.selectors.reading import answers_with_evidence
from certification.assessments.states import AnswerValue


@dataclass(frozen=True)
class PrincipleResult:
    """Counts of one principle and the mean maturity of its indicators that apply."""

    code: str
    title: str
    yes: int
    partly: int
    no: int
    na: int
    open: int
    maturity: Decimal | None

    @property
    def total(self) -> int:
        """How many indicators it has."""
        return self.yes + self.partly + self.no + self.na + self.open


@dataclass(frozen=True)
class Gap:
    """One indicator on which the agency itself says that something is missing."""

    answer: Answer
    severity: str
    weight: int

    @property
    def planned(self) -> bool:
        """Whether an action, a person and a day are set."""
        return self.answer.planned


@dataclass(frozen=True)
class Results:
    """The result by principle, with the row of all."""

    principles: list[PrincipleResult]
    all: PrincipleResult

    @property
    def answered(self) -> int:
        """How many indicators have a complete answer."""
        return self.all.total - self.all.open


def results(assessment: Assessment, answers: Iterable[Answer] | None = None) -> Results:
    """Yes, partly, no, not applicable and mean maturity by principle. An unanswered indicator counts as open only."""
    rows = list(assessment.answers_in_order() if answers is None else answers)
    by_principle: dict[str, list[Answer]] = {}
    for answer in rows:
        by_principle.setdefault(answer.principle_code, []).append(answer)
    return Results(
        principles=[
            _result(code, group[0].indicator.criterion.principle.title, group)
            for code, group in by_principle.items()
        ],
        all=_result("", "", rows),
    )


def gaps(assessment: Assessment, answers: Iterable[Answer] | None = None) -> list[Gap]:
    """Every no and partly, the most serious first: critical before major before minor, no before partly."""
    rows = answers_with_evidence(assessment) if answers is None else answers
    found = [
        Gap(answer=answer, severity=answer.indicator.severity, weight=weight_of(answer.indicator.severity))
        for answer in rows
        if is_gap(answer)
    ]
    return sorted(found, key=lambda gap: (-gap.weight, gap.answer.value != AnswerValue.NO))


def _result(code: str, title: str, answers: list[Answer]) -> PrincipleResult:
    complete = [answer for answer in answers if is_answered(answer)]
    levels = [answer.maturity for answer in complete if answer.maturity is not None]
    count = {value: sum(1 for answer in complete if answer.value == value) for value in AnswerValue.values}
    return PrincipleResult(
        code=code,
        title=title,
        yes=count[AnswerValue.YES],
        partly=count[AnswerValue.PARTLY],
        no=count[AnswerValue.NO],
        na=count[AnswerValue.NOT_APPLICABLE],
        open=len(answers) - len(complete),
        maturity=_mean(levels),
    )


def _mean(levels: list[int]) -> Decimal | None:
    if not levels:
        return None
    return (Decimal(sum(levels)) / len(levels)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
