"""The scheme says that a company is no more."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.agencies import permissions, selectors, services
from certification.agencies.forms import EndForm
from iris.core.errors import DomainError
from iris.core.places import country_name
from iris.core.policy import for_kinds

from .reading import person, visible

MOST_FOUND = 10


@for_kinds("scheme")
def end(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Merged into another agency, or closed: since when, and how the scheme knows."""
    agency = visible(request, agency_id)
    if not permissions.may_end(agency, person(request)):
        raise Http404
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    others = selectors.enrolled_agencies().exclude(pk=agency.pk).order_by("legal_name", "id")
    found = selectors.found_by(others, text)[:MOST_FOUND] if text else []
    pairs = [(str(one.pk), f"{one.legal_name} ({country_name(one.country)})") for one in found]
    form = EndForm(request.POST or None, successors=pairs)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        successor = told.pop("successor")
        try:
            services.end_agency(
                agency_id=agency.pk,
                actor=person(request),
                successor_id=UUID(successor) if successor else None,
                **told,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Noted. Whoever watches the agency is told."))
            return redirect("agencies:agency", agency.pk)
    context = {"agency": agency, "form": form, "text": text, "found": len(pairs)}
    return render(request, "agencies/end.html", context, status=422 if form.errors else 200)
