"""Warnings of one assessment, each with the reason where the agency put it aside."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from certification.assessments.models import Answer, Assessment, Dismissal, Evidence
from certification.assessments.rules.consistency import SaidAnswer, ShownDocument, Warning, warnings
from certification.assessments.selectors.ledger import worker_borne
from certification.assessments.selectors.reading import answers_with_evidence
from iris.core import clocks


@dataclass(frozen=True)
class Check:
    """One warning, and who put it aside and why."""

    warning: Warning
    dismissal: Dismissal | None

    @property
    def open(self) -> bool:
        """Whether nobody has said why it is no mistake."""
        return self.dismissal is None


def checks(assessment: Assessment, answers: Iterable[Answer] | None = None) -> list[Check]:
    """Every warning; a reopened assessment is checked as a whole. A declared one as of the day it was declared."""
    rows = list(answers_with_evidence(assessment) if answers is None else answers)
    replaced = set(
        Evidence.objects.filter(agency=assessment.agency_id, replaces__isnull=False).values_list(
            "replaces_id", flat=True
        )
    )
    if not assessment.is_open:
        replaced = set()
    borne = len(worker_borne(assessment))
    day = assessment.frozen_at.date() if assessment.frozen_at else clocks.today()
    found = warnings(
        [_said(answer, replaced) for answer in rows],
        edition=assessment.edition.number,
        worker_borne=borne,
        today=day,
    )
    aside = {(row.rule, row.subject): row for row in assessment.dismissals.select_related("by")}
    return [
        Check(warning, _holding(aside.get((warning.rule, warning.subject)), warning)) for warning in found
    ]


def _holding(dismissal: Dismissal | None, warning: Warning) -> Dismissal | None:
    """The dismissal, while what the warning rests on is still the same."""
    return dismissal if dismissal and dismissal.mark == warning.mark else None


def _said(answer: Answer, replaced: Container[object]) -> SaidAnswer:
    return SaidAnswer(
        code=answer.indicator.code,
        value=answer.value,
        maturity=answer.maturity,
        asks_for_policy="policy" in answer.indicator.evidence,
        documents=tuple(
            ShownDocument(str(row.pk), row.title, row.kind, row.valid_until, row.pk in replaced)
            for row in answer.evidence.all()
        ),
    )
