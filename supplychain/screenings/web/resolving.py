"""The resolve screen: one row at a time, by keyboard, by mouse, with or without script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from iris.core.errors import BadInput
from iris.core.policy import for_kinds
from supplychain.screenings import selectors, services
from supplychain.screenings.permissions import KINDS, may_run
from supplychain.screenings.web.lists import mine
from supplychain.screenings.web.running import number_of

LONGEST_SEARCH = 200


@for_kinds(*KINDS)
@require_GET
def resolve(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """The next row that waits for a person, with the agencies it may mean."""
    screening = mine(request, screening_id)
    asked = number_of(request, "row")
    line = selectors.question_of(screening, asked)
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = {
        "screening": screening,
        "may_act": may_run(screening, request.user),
        "line": line,
        "same": selectors.same_count(line) if line else 0,
        "cells": list(zip(screening.columns, line.row.cells, strict=False)) if line else [],
        "left": selectors.open_rows(screening),
        "proposals": selectors.proposals_for(line) if line else [],
        "words": words,
        "hits": selectors.others_for(words) if words else [],
        "last": selectors.last_resolved(screening, request.user),
        "back": reverse("screenings:screening", args=[screening.pk]),
    }
    return render(request, "screenings/resolve.html", context)


@for_kinds(*KINDS)
@require_POST
def say(request: HttpRequest, screening_id: UUID, number: int) -> HttpResponse:
    """Accept one agency, reject all, put the row off, or take back what was said."""
    screening = mine(request, screening_id)
    answer = request.POST.get("say", "")
    own: dict[str, Any] = {"screening_id": screening.pk, "number": number, "actor": request.user}
    if answer == "undo":
        services.undo_resolution(**own)
        messages.success(request, _("Row %(row)s: taken back.") % {"row": number})
        return redirect(f"{reverse('screenings:resolve', args=[screening.pk])}?row={number}")
    if answer == "later":
        services.put_off(**own)
        messages.info(request, _("Row %(row)s: later.") % {"row": number})
    elif answer == "reject":
        services.resolve_row(**own, agency_id=None)
        messages.success(request, _("Row %(row)s: none of these.") % {"row": number})
    else:
        agency_id = _agency(answer)
        services.resolve_row(**own, agency_id=agency_id)
        messages.success(request, _("Row %(row)s: noted.") % {"row": number})
    return redirect("screenings:resolve", screening.pk)


def _agency(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput(_("Choose one of the agencies listed, or “None of these”.")) from error
