"""Reading the Standard: the edition in force, the tree of an edition, one criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from iris.core import clocks

from ..models import Criterion, Edition, Indicator, Principle
from ..states import FROZEN_STATES, EditionState, OpenCases, Severity


def editions_visible_to(user: Any) -> QuerySet[Edition]:
    """The scheme sees every edition; everyone else those in consultation and those that were ever issued."""
    if user.is_authenticated and user.is_kind("scheme"):
        return Edition.objects.all()
    return Edition.objects.exclude(state=EditionState.DRAFT)


def current_edition(on: date | None = None) -> Edition | None:
    """The edition in force on a day (today by default): the youngest issued one that had begun by then."""
    begun = Edition.objects.filter(state__in=FROZEN_STATES, valid_from__lte=on or clocks.today())
    return begun.order_by("-valid_from").first()


def edition_by_number(number: int) -> Edition | None:
    """One edition by its number, in whatever state."""
    return Edition.objects.filter(number=number).first()


def editions_due(on: date | None = None) -> QuerySet[Edition]:
    """Final drafts whose first day has come, in the order of their first day."""
    waiting = Q(state=EditionState.DRAFT) | Q(state=EditionState.CONSULTATION)
    return Edition.objects.filter(waiting, final=True, valid_from__lte=on or clocks.today()).order_by(
        "valid_from"
    )


def editions_past(on: date | None = None) -> QuerySet[Edition]:
    """Editions being replaced whose last day has passed."""
    return Edition.objects.filter(state=EditionState.RETIRING, valid_until__lt=on or clocks.today())


def tree(edition: Edition) -> list[Principle]:
    """The principles with criteria and indicators, in order, each knowing its parent: three queries."""
    found = list(Principle.objects.filter(edition=edition).prefetch_related("criteria__indicators"))
    for principle in found:
        principle.edition = edition
    return found


def indicators_of(edition: Edition) -> QuerySet[Indicator]:
    """Every indicator of an edition in the order of its text, with criterion and principle at hand."""
    return (
        Indicator.objects.filter(criterion__principle__edition=edition)
        .select_related("criterion__principle")
        .order_by("criterion__principle__order", "criterion__order", "order")
    )


def criteria_of(edition: Edition) -> QuerySet[Criterion]:
    """Every criterion of an edition in the order of its text, with its principle and edition at hand."""
    return (
        Criterion.objects.filter(principle__edition=edition)
        .select_related("principle__edition")
        .order_by("principle__order", "order")
    )


@dataclass(frozen=True)
class CriterionPage:
    """One criterion with its indicators and its neighbours."""

    criterion: Criterion
    indicators: list[Indicator]
    before: Criterion | None
    after: Criterion | None


def criterion_page(edition: Edition, code: str) -> CriterionPage | None:
    """A criterion by its code, upper or lower case; None when the edition has none of that code."""
    rows = list(criteria_of(edition))
    at = next((index for index, row in enumerate(rows) if row.code.lower() == code.lower()), None)
    if at is None:
        return None
    criterion = rows[at]
    return CriterionPage(
        criterion=criterion,
        indicators=list(criterion.indicators.all()),
        before=rows[at - 1] if at else None,
        after=rows[at + 1] if at + 1 < len(rows) else None,
    )


@dataclass(frozen=True)
class Counts:
    """How much there is in some part of the Standard."""

    criteria: int
    indicators: int
    by_severity: dict[str, int]


def count(principles: Iterable[Principle]) -> Counts:
    """The counts of a tree that is already read; no query of its own."""
    criteria = [criterion for principle in principles for criterion in principle.criteria.all()]
    grades = Counter(indicator.severity for criterion in criteria for indicator in criterion.indicators.all())
    return Counts(len(criteria), sum(grades.values()), {grade: grades[grade] for grade in Severity.values})


def document_of(edition: Edition) -> dict[str, Any]:
    """The edition in the shape of its file, all but `format`, status and languages: four queries at most."""
    said: dict[str, Any] = {
        "previous": edition.previous_number,
        "open_cases": None if edition.open_cases == OpenCases.STAY else edition.open_cases,
        "open_cases_until": _day(edition.open_cases_until),
    }
    document = {
        "edition": {
            "number": edition.number,
            "title": edition.title,
            "summary": edition.summary,
            "language": edition.language,
            "copyright": edition.copyright,
            "licence": edition.licence,
            "public_text": edition.public_text,
            "valid_from": edition.valid_from.isoformat(),
            "previous_valid_until": _day(edition.previous_valid_until),
            "references_revised": edition.references_revised_on.isoformat(),
            **{name: value for name, value in said.items() if value},
        },
        "reference_note": edition.reference_note,
        "evidence_kinds": edition.evidence_kinds,
        "sources": edition.sources,
        "principles": [_principle(principle) for principle in tree(edition)],
    }
    return document | ({"removed": edition.removed} if edition.removed else {})


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _principle(principle: Principle) -> dict[str, Any]:
    return {
        "code": principle.code,
        "title": principle.title,
        "intent": principle.text,
        "criteria": [criterion_document(criterion) for criterion in principle.criteria.all()],
    }


def criterion_document(criterion: Criterion) -> dict[str, Any]:
    """A criterion with its indicators in the shape of the file."""
    return {
        "code": criterion.code,
        "title": criterion.title,
        "text": criterion.text,
        "indicators": [indicator_document(indicator) for indicator in criterion.indicators.all()],
    }


def indicator_document(indicator: Indicator) -> dict[str, Any]:
    """An indicator in the shape of the file."""
    document = {
        "code": indicator.code,
        "text": indicator.text,
        "question": indicator.question,
        "element": indicator.element,
        "severity": indicator.severity,
        "guidance": indicator.guidance,
        "evidence": indicator.evidence,
        "applicable": indicator.applicable,
        "references": indicator.references,
    }
    return document if indicator.replaces is None else {**document, "replaces": indicator.replaces}
