"""The Standard for everyone: an edition, one criterion and the scheme's dated numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from iris.core import clocks
from iris.core.clocks import SchemeNumber
from iris.core.policy import public
from iris.core.web import get_or_404

from .. import selectors
from ..models import Criterion, Edition, Indicator, Principle
from ..permissions import may_read_text
from ..selectors import Reading
from ..selectors.elsewhere import elsewhere
from ..states import ELEMENT_ABOUT, SEVERITY_ABOUT, Element, Severity
from .data import absolute, criterion_json, edition_json, json_url, vary, wants_json
from .showing import Shown, seen_by, shown, shown_all

TONES = {Severity.CRITICAL: "stop", Severity.MAJOR: "care", Severity.MINOR: "past"}


@dataclass(frozen=True)
class CriterionRow:
    """A criterion in the list of its edition."""

    criterion: Criterion
    title: Shown
    text: Shown
    url: str
    indicators: int
    critical: int


@public
@require_safe
def current(request: HttpRequest) -> HttpResponseBase:
    """The edition in force today."""
    edition = selectors.current_edition()
    if edition is None:
        return render(
            request, "standard/none.html", {"editions": selectors.editions_visible_to(request.user)}
        )
    return _edition(request, edition)


@public
@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponseBase:
    """One edition by its number: in force, before, or open for comments."""
    return _edition(request, get_or_404(selectors.editions_visible_to(request.user), number=number))


def _edition(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    if wants_json(request):
        return edition_json(request, edition)
    seen = seen_by(request, edition)
    principles = selectors.tree(edition)
    others = [row for row in selectors.editions_visible_to(request.user) if row.pk != edition.pk]
    context = {
        "edition": edition,
        "full": may_read_text(edition, request.user),
        "said": shown_all(seen, edition, "title", "summary"),
        "principles": [
            (row, shown_all(seen, row, "title", "intent"), _rows(edition, row, seen)) for row in principles
        ],
        "counts": selectors.count(principles),
        "others": [(row, _compare_url(edition, row)) for row in others],
        "json_url": json_url(edition),
        **_languages(edition, seen),
    }
    return vary(render(request, "standard/edition.html", context))


def _rows(edition: Edition, principle: Principle, seen: Reading) -> list[CriterionRow]:
    rows = []
    for criterion in principle.criteria.all():
        grades = Counter(indicator.severity for indicator in criterion.indicators.all())
        url = reverse("standard:criterion", args=[edition.number, criterion.code])
        words = shown_all(seen, criterion, "title", "text")
        many = sum(grades.values())
        rows.append(
            CriterionRow(criterion, words["title"], words["text"], url, many, grades[Severity.CRITICAL])
        )
    return rows


def _compare_url(one: Edition, other: Edition) -> str:
    first, last = sorted((one.number, other.number))
    return f"{reverse('standard:compare')}?from={first}&to={last}"


def _languages(edition: Edition, seen: Reading) -> dict[str, Any]:
    return {"seen": seen, "languages": selectors.languages_of(edition) if edition.languages else []}


@public
@require_safe
def criterion(request: HttpRequest, number: int, code: str) -> HttpResponseBase:
    """One criterion with its indicators, at the same address for people and for programs."""
    edition = get_or_404(selectors.editions_visible_to(request.user), number=number)
    page = selectors.criterion_page(edition, code)
    if page is None:
        return _indicator(edition, code)
    if wants_json(request):
        return criterion_json(request, edition, page)
    seen = seen_by(request, edition)
    full = may_read_text(edition, request.user)
    principle = page.criterion.principle
    others = [row for row in selectors.editions_visible_to(request.user) if may_read_text(row, request.user)]
    context = {
        "edition": edition,
        "full": full,
        "criterion": page.criterion,
        "said": shown_all(seen, page.criterion, "title", "text"),
        "principle": principle,
        "principle_title": shown(seen, principle, "title"),
        "edition_title": shown(seen, edition, "title"),
        "indicators": [_shown(edition, indicator, seen) for indicator in page.indicators],
        "before": _neighbour(page.before, seen),
        "after": _neighbour(page.after, seen),
        "address": absolute(page.criterion.get_absolute_url()),
        "json_url": json_url(edition, page.criterion.code),
        "elements": [(element.label, ELEMENT_ABOUT[element]) for element in Element],
        "severities": [(TONES[grade], grade.label, SEVERITY_ABOUT[grade]) for grade in Severity],
        "elsewhere": [
            (row, _compare_url(edition, row.edition))
            for row in elsewhere(edition, page, others if full else [])
        ],
        **_languages(edition, seen),
    }
    return vary(render(request, "standard/criterion.html", context))


def _indicator(edition: Edition, code: str) -> HttpResponseBase:
    """An indicator's code leads to its place on the page of its criterion."""
    found = selectors.indicators_of(edition).filter(code__iexact=code).first()
    if found is None:
        raise Http404
    return redirect(
        f"{reverse('standard:criterion', args=[edition.number, found.criterion.code])}#{found.code}"
    )


def _neighbour(criterion: Criterion | None, seen: Reading) -> dict[str, Any] | None:
    return {"code": criterion.code, "title": shown(seen, criterion, "title")} if criterion else None


def _shown(edition: Edition, indicator: Indicator, seen: Reading) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "said": shown_all(seen, indicator, "text", "question", "guidance", "applicable"),
        "element": Element(indicator.element).label,
        "tone": TONES[Severity(indicator.severity)],
        "severity": Severity(indicator.severity).label,
        "evidence": [edition.evidence_label(kind) for kind in indicator.evidence],
        "references": [(edition.source_label(row["source"]), row["number"]) for row in indicator.references],
    }


@public
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Every dated number of the scheme: those in force today, those to come, those that were."""
    today = clocks.today()
    by_key: dict[str, list[SchemeNumber]] = {}
    for row in sorted(clocks.numbers(), key=lambda row: row.valid_from):
        by_key.setdefault(row.key, []).append(row)
    in_force, coming, past = [], [], []
    for rows in by_key.values():
        begun = [row for row in rows if row.valid_from <= today]
        in_force += begun[-1:]
        past += begun[:-1]
        coming += rows[len(begun) :]
    return render(request, "standard/numbers.html", {"in_force": in_force, "coming": coming, "past": past})
