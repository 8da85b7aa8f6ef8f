"""The Standard for everyone: an edition, one criterion (both as JSON too) and the scheme's dated numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from iris.core import clocks
from iris.core.clocks import SchemeNumber
from iris.core.policy import public
from iris.core.web import get_or_404

from .. import selectors
from ..models import Criterion, Edition, Indicator, Principle
from ..permissions import may_read_text
from ..states import ELEMENT_ABOUT, SEVERITY_ABOUT, Element, Severity

TONES = {Severity.CRITICAL: "stop", Severity.MAJOR: "care", Severity.MINOR: "past"}


@dataclass(frozen=True)
class CriterionRow:
    """A criterion in the list of its edition."""

    criterion: Criterion
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
    full = may_read_text(edition, request.user)
    if _wants_json(request):
        return _json(_edition_json(edition, full))
    principles = selectors.tree(edition)
    context = {
        "edition": edition,
        "full": full,
        "principles": [(principle, _rows(edition, principle)) for principle in principles],
        "counts": selectors.count(principles),
        "others": [row for row in selectors.editions_visible_to(request.user) if row.pk != edition.pk],
        "json_url": f"{edition.get_absolute_url()}?format=json",
    }
    return _vary(render(request, "standard/edition.html", context))


def _rows(edition: Edition, principle: Principle) -> list[CriterionRow]:
    rows = []
    for criterion in principle.criteria.all():
        grades = Counter(indicator.severity for indicator in criterion.indicators.all())
        url = reverse("standard:criterion", args=[edition.number, criterion.code])
        rows.append(CriterionRow(criterion, url, sum(grades.values()), grades[Severity.CRITICAL]))
    return rows


@public
@require_safe
def criterion(request: HttpRequest, number: int, code: str) -> HttpResponseBase:
    """One criterion with its indicators, at the same address for people and for programs."""
    edition = get_or_404(selectors.editions_visible_to(request.user), number=number)
    page = selectors.criterion_page(edition, code)
    if page is None:
        raise Http404
    full = may_read_text(edition, request.user)
    if _wants_json(request):
        return _json(_criterion_json(page.criterion, page.indicators, full))
    context = {
        "edition": edition,
        "full": full,
        "criterion": page.criterion,
        "principle": page.criterion.principle,
        "indicators": [_shown(edition, indicator) for indicator in page.indicators],
        "before": page.before,
        "after": page.after,
        "address": _absolute(page.criterion.get_absolute_url()),
        "json_url": f"{page.criterion.get_absolute_url()}?format=json",
        "elements": [(element.label, ELEMENT_ABOUT[element]) for element in Element],
        "severities": [(TONES[grade], grade.label, SEVERITY_ABOUT[grade]) for grade in Severity],
    }
    return _vary(render(request, "standard/criterion.html", context))


def _shown(edition: Edition, indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator": indicator,
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


# JSON at the same address -----------------------------------------------------------------------------------


def _wants_json(request: HttpRequest) -> bool:
    """?format=json, or an Accept header that likes JSON better than HTML."""
    if request.GET.get("format") == "json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _json(data: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    patch_vary_headers(response, ["Accept"])
    return response


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept"])
    return response


def _absolute(path: str) -> str:
    return f"{settings.IRIS_PUBLIC_URL.rstrip('/')}{path}"


def _edition_json(edition: Edition, full: bool) -> dict[str, Any]:
    document = selectors.document_of(edition)
    for principle in document["principles"]:
        for row in principle["criteria"]:
            row["uri"] = _absolute(reverse("standard:criterion", args=[edition.number, row["code"]]))
            if not full:
                row.pop("text")
                row.pop("indicators")
        if not full:
            principle.pop("intent")
    return {"uri": _absolute(edition.get_absolute_url()), "state": edition.state, **document}


def _criterion_json(criterion: Criterion, indicators: list[Indicator], full: bool) -> dict[str, Any]:
    edition = criterion.principle.edition
    data: dict[str, Any] = {
        "uri": _absolute(criterion.get_absolute_url()),
        "edition": {
            "uri": _absolute(edition.get_absolute_url()),
            "number": edition.number,
            "title": edition.title,
            "state": edition.state,
            "valid_from": edition.valid_from.isoformat(),
            "valid_until": edition.valid_until.isoformat() if edition.valid_until else None,
        },
        "principle": {"code": criterion.principle.code, "title": criterion.principle.title},
        "code": criterion.code,
        "title": criterion.title,
        "language": edition.language,
        "copyright": edition.copyright,
        "licence": edition.licence,
    }
    if full:
        data |= {
            "text": criterion.text,
            "indicators": [
                {**selectors.indicator_document(indicator), "uri": f"{data['uri']}#{indicator.code}"}
                for indicator in indicators
            ],
            "evidence_kinds": edition.evidence_kinds,
            "sources": edition.sources,
            "reference_note": edition.reference_note,
        }
    return data
