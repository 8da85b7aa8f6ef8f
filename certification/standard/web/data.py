"""The Standard for programs: JSON at the addresses of the pages, with `.json` or by the Accept header."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from iris.core.policy import public
from iris.core.web import get_or_404

from .. import selectors
from ..models import Criterion, Edition, Indicator, Translation
from ..permissions import may_read_text
from ..selectors.elsewhere import Elsewhere, elsewhere


@public
@require_safe
def edition(request: HttpRequest, number: int) -> JsonResponse:
    """One edition, whole."""
    return edition_json(request, get_or_404(selectors.editions_visible_to(request.user), number=number))


@public
@require_safe
def criterion(request: HttpRequest, number: int, code: str) -> JsonResponse:
    """One criterion with its indicators."""
    found = get_or_404(selectors.editions_visible_to(request.user), number=number)
    page = selectors.criterion_page(found, code)
    if page is None:
        raise Http404
    return criterion_json(request, found, page)


def wants_json(request: HttpRequest) -> bool:
    """?format=json, or an Accept header that likes JSON better than HTML."""
    if request.GET.get("format") == "json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def vary(response: HttpResponse) -> HttpResponse:
    """The same address answers in two formats."""
    patch_vary_headers(response, ["Accept"])
    return response


def absolute(path: str) -> str:
    """An address that also works outside this site."""
    return f"{settings.IRIS_PUBLIC_URL.rstrip('/')}{path}"


def json_url(edition: Edition, code: str = "") -> str:
    """The address that always answers in JSON."""
    if code:
        return reverse("standard:criterion_json", args=[edition.number, code])
    return reverse("standard:edition_json", args=[edition.number])


def _answer(data: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    patch_vary_headers(response, ["Accept"])
    return response


def edition_json(request: HttpRequest, edition: Edition) -> JsonResponse:
    """The shape of its file, with an address for every criterion."""
    full = may_read_text(edition, request.user)
    document = selectors.document_of(edition)
    for principle in document["principles"]:
        for row in principle["criteria"]:
            row["uri"] = absolute(reverse("standard:criterion", args=[edition.number, row["code"]]))
            if not full:
                row.pop("text")
                row.pop("indicators")
        if not full:
            principle.pop("intent")
    if not full:
        document["edition"].pop("summary")
        document.pop("removed", None)
    translations = _translations(edition)
    languages = {"languages": _languages(edition, translations)}
    head = {"uri": absolute(edition.get_absolute_url()), "state": edition.state}
    return _answer({**head, **document, "edition": document["edition"] | languages})


def criterion_json(request: HttpRequest, edition: Edition, page: selectors.CriterionPage) -> JsonResponse:
    """Edition, code, text, languages, indicators, references, and where other editions have the same."""
    full = may_read_text(edition, request.user)
    criterion = page.criterion
    translations = _translations(edition)
    others = selectors.editions_visible_to(request.user)
    found = elsewhere(edition, page, others) if full else []
    data: dict[str, Any] = {
        "uri": absolute(criterion.get_absolute_url()),
        "edition": {
            "uri": absolute(edition.get_absolute_url()),
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
        "languages": _languages(edition, translations),
        "copyright": edition.copyright,
        "licence": edition.licence,
    }
    if full:
        data |= _text(criterion, page.indicators, translations, found, request)
    return _answer(data)


def _text(
    criterion: Criterion,
    indicators: list[Indicator],
    translations: list[Translation],
    found: list[Elsewhere],
    request: HttpRequest,
) -> dict[str, Any]:
    edition = criterion.principle.edition
    readable = [row for row in found if may_read_text(row.edition, request.user)]
    return {
        "text": criterion.text,
        "translations": _texts(translations, criterion.code),
        "same_as": [_same_as(row) for row in readable if row.criterion is not None],
        "indicators": [
            {
                **selectors.indicator_document(row),
                "uri": absolute(row.get_absolute_url()),
                "translations": _texts(translations, row.code),
                "same_as": [_twin(other, twin) for other in readable for twin in other.twins[row.code]],
            }
            for row in indicators
        ],
        "evidence_kinds": edition.evidence_kinds,
        "sources": edition.sources,
        "reference_note": edition.reference_note,
    }


def _same_as(row: Elsewhere) -> dict[str, Any]:
    path = (
        reverse("standard:criterion", args=[row.edition.number, row.criterion.code]) if row.criterion else ""
    )
    return {
        "edition": row.edition.number,
        "uri": absolute(path),
        "relation": "same" if row.same else "changed",
    }


def _twin(row: Elsewhere, twin: Any) -> dict[str, Any]:
    code = twin.indicator.criterion.code
    path = reverse("standard:criterion", args=[row.edition.number, code])
    return {
        "edition": row.edition.number,
        "code": twin.indicator.code,
        "uri": f"{absolute(path)}#{twin.indicator.code}",
        "relation": "same" if twin.same else "reworded",
    }


def _translations(edition: Edition) -> list[Translation]:
    if not edition.languages:
        return []
    declared = {row["code"] for row in edition.languages}
    return [row for code, row in selectors.newest_translations(edition).items() if code in declared]


def _languages(edition: Edition, translations: list[Translation]) -> list[dict[str, str]]:
    own = {"code": edition.language, "extent": "full", "note": ""}
    return [own, *({"code": r.language, "extent": r.extent, "note": r.note} for r in translations)]


def _texts(translations: list[Translation], code: str) -> dict[str, dict[str, str]]:
    return {row.language: row.texts[code] for row in translations if code in row.texts}
