"""The page of what the organisation decided about names alike."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from iris.core.errors import Conflict
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.names import selectors, services
from supplychain.names.permissions import KINDS


@for_kinds(*KINDS)
@require_GET
def choices(request: HttpRequest) -> HttpResponse:
    """Every choice of the organisation, newest first, with who made it and the button that takes it back."""
    page = paginate(request, selectors.decisions_visible_to(request.user), per_page=50)
    return render(request, "names/choices.html", {"page": page})


@for_kinds(*KINDS)
@require_POST
def take_back(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Take one choice back: from now on the name is judged afresh."""
    row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    try:
        services.forget(row.pk, request.user)
    except Conflict as refused:
        messages.warning(request, str(refused.message))
    else:
        messages.success(request, _("Taken back. The name “%(text)s” is judged afresh.") % {"text": row.text})
    return redirect("names:choices")
