"""The page that compares two editions; its address can be sent to others."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from iris.core.policy import public

from .. import selectors
from ..models import Edition
from ..permissions import may_read_text
from ..selectors.comparing import RowKind

TONES = {
    RowKind.ADDED: ("good", "plus"),
    RowKind.REMOVED: ("past", "archive"),
    RowKind.CHANGED: ("care", "pencil"),
    RowKind.MOVED: ("work", "arrow-right"),
    RowKind.UNCHANGED: ("past", "check"),
}


@public
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """?from=1&to=2; without them the newest edition against the one before it."""
    editions = list(selectors.editions_visible_to(request.user))
    if len(editions) < 2:
        return render(request, "standard/compare.html", {"editions": editions, "found": None})
    new = _chosen(request, editions, "to") or editions[0]
    old = _chosen(request, editions, "from") or _before(new, editions)
    if old.number > new.number:
        return redirect(f"{reverse('standard:compare')}?from={new.number}&to={old.number}")
    context: dict[str, Any] = {"editions": editions, "old": old, "new": new, "found": None, "tones": TONES}
    if old.pk != new.pk:
        found = selectors.compare(old, new)
        context |= {
            "found": found,
            "counts": [(RowKind(kind), n, *TONES[RowKind(kind)]) for kind, n in found.count().items()],
            "criteria": found.count_criteria(),
            "full": may_read_text(old, request.user) and may_read_text(new, request.user),
        }
    return render(request, "standard/compare.html", context)


def _chosen(request: HttpRequest, editions: list[Edition], name: str) -> Edition | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    found = next((row for row in editions if str(row.number) == text), None)
    if found is None:
        raise Http404
    return found


def _before(new: Edition, editions: list[Edition]) -> Edition:
    named = [row for row in editions if row.number == new.previous_number]
    older = [row for row in editions if row.number < new.number]
    return (named or older or [row for row in editions if row.pk != new.pk])[0]
