"""The scheme's key ring and the log of what it issued."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from certification.credentials import selectors, services
from certification.credentials.forms import RotateForm
from certification.credentials.permissions import may_rotate
from certification.credentials.states import KeyUse
from iris.accounts.states import OrganisationKind, Role
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles
from iris.core.web import paginate


@for_kinds(OrganisationKind.SCHEME)
def keys(request: HttpRequest) -> HttpResponse:
    """Which keys there are, what was issued, and what of it holds."""
    context = {
        "keys": [key for use in KeyUse for key in selectors.key_ring(use)],
        "did": selectors.scheme_did(),
        "may_rotate": may_rotate(request.user),
        "configured": bool(settings.IRIS_DOCUMENT_PKCS12),
        "page": paginate(request, selectors.credentials_visible_to(request.user), per_page=25),
        "lists": selectors.status_lists(),
    }
    return render(request, "credentials/keys.html", context)


@for_roles(Role.SCHEME_MANAGER)
def rotate(request: HttpRequest, use: str) -> HttpResponse:
    """A new key, with a reason."""
    if use not in KeyUse.values:
        raise Http404
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.rotate(use=use, actor=request.user, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("credentials:keys")
    context = {"form": form, "use": KeyUse(use), "back": reverse("credentials:keys")}
    return render(request, "credentials/rotate.html", context, status=422 if form.is_bound else 200)
