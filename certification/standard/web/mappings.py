"""What other schemes ask for, row by row; signing rows; and what remains for someone audited for one of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from iris.core.policy import for_roles, public
from iris.core.web import get_or_404

from .. import selectors, services
from ..models import Edition, OtherScheme
from ..permissions import may_publish, may_read_text
from ..selectors import GapList
from ..selectors.mappings import Covered
from ..states import Relation

TONES = {Relation.FULL: "good", Relation.PARTIAL: "care", Relation.RELATED: "past"}


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every scheme that is mapped, with how much of it a person has signed."""
    return render(request, "standard/mappings.html", {"schemes": selectors.schemes()})


@public
@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """Every row of one scheme with its source; the scheme's manager signs here."""
    found = get_or_404(selectors.schemes(), code=code)
    signing = request.user.is_authenticated and may_publish(None, request.user)
    context = {
        "scheme": found,
        "items": [
            (item, [(row, TONES[Relation(row.relation)]) for row in item.mappings.all()])
            for item in selectors.items_of(found)
        ],
        "full": may_read_text(found.edition, request.user),
        "signing": signing and selectors.left_to_sign(found),
    }
    return render(request, "standard/mapping.html", context)


@require_POST
@for_roles("scheme_manager")
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Sign the chosen rows in one's own name."""
    found = get_or_404(OtherScheme.objects.all(), code=code)
    n = services.sign_mappings(found.pk, list(_ids(request.POST.getlist("mapping"))), request.user)
    messages.success(request, services.signed_words(n))
    return redirect("standard:mapping", found.code)


def _ids(values: Iterable[str]) -> Iterator[UUID]:
    for value in values:
        try:
            yield UUID(value)
        except ValueError as error:
            raise Http404 from error


@public
@require_safe
def remaining(request: HttpRequest, code: str) -> HttpResponse:
    """Already audited for this: what remains, what is covered in part, what asks the same."""
    gaps, full = _gaps(request, code)
    context = {
        "scheme": gaps.scheme,
        "edition": gaps.edition,
        "gaps": gaps,
        "full": full,
        "parts": _parts(gaps),
        "csv_url": f"{reverse('standard:remaining_csv', args=[code])}?edition={gaps.edition.number}",
    }
    return render(request, "standard/remaining.html", context)


def _gaps(request: HttpRequest, code: str) -> tuple[GapList, bool]:
    found = get_or_404(OtherScheme.objects.select_related("edition"), code=code)
    editions = selectors.editions_visible_to(request.user)
    number = request.GET.get("edition", "")
    edition: Edition | None = selectors.current_edition() or found.edition
    if number:
        edition = (
            editions.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
        )
    if edition is None or edition.number < found.edition.number:
        raise Http404
    return selectors.gap_list(found, edition), may_read_text(edition, request.user)


def _parts(gaps: GapList) -> list[dict[str, Any]]:
    return [
        {
            "key": "remaining",
            "title": _("Remains to be shown"),
            "text": _("Nothing we know of in it asks for these. What is only related counts here."),
            "rows": gaps.remaining,
            "open": True,
        },
        {
            "key": "partly",
            "title": _("Covered in part: look at the rest"),
            "text": _("It asks for part of these, so its report may already hold some of the evidence."),
            "rows": gaps.partly,
            "open": True,
        },
        {
            "key": "alike",
            "title": _("Asks the same"),
            "text": _("Bring the report: these are looked at again, but you will hardly start from nothing."),
            "rows": gaps.alike,
            "open": False,
        },
    ]


@public
@require_safe
def remaining_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a table for a spreadsheet."""
    gaps, full = _gaps(request, code)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{gaps.scheme.code}-edition-{gaps.edition.number}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        ["edition", "indicator", "criterion", "text", "severity", "covered", "items", "reviewed", "sources"]
    )
    for row in gaps.covered:
        writer.writerow(_line(gaps, row, full))
    return response


def _line(gaps: GapList, row: Covered, full: bool) -> list[Any]:
    indicator = row.indicator
    return [
        gaps.edition.number,
        indicator.code,
        f"{indicator.criterion.code} {indicator.criterion.title}",
        indicator.text if full else "",
        indicator.severity,
        row.relation.value if row.relation else "none",
        "; ".join(f"{one.item.code} {one.item.title} ({one.relation})" for one in row.rows),
        "" if not row.rows else "yes" if row.reviewed else "not reviewed",
        "; ".join(sorted({one.item.source for one in row.rows})),
    ]
