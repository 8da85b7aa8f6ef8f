"""Pages: the endpoints of an organisation, one endpoint with its log."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.core import fsm
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from iris.webhooks import selectors, services
from iris.webhooks.forms import AsksForm, EndpointForm
from iris.webhooks.models import Endpoint
from iris.webhooks.permissions import KINDS, may_add, may_manage

SWITCHES = ("pause", "resume", "remove")


def _mine(request: HttpRequest, endpoint_id: UUID) -> Endpoint:
    return get_or_404(selectors.endpoints_visible_to(request.user), pk=endpoint_id)


@for_kinds(*KINDS)
@never_cache
@require_http_methods(["GET", "POST"])
def endpoints(request: HttpRequest) -> HttpResponse:
    """The endpoints, and a new one: its secret is on the page that answers, and nowhere else."""
    form = EndpointForm(request.POST or None) if may_add(request.user) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                made, secret = services.add_endpoint(actor=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_domain_error(error)
            else:
                return render(request, "webhooks/secret.html", {"endpoint": made, "secret": secret})
    context = {"endpoints": list(selectors.endpoints_visible_to(request.user)), "form": form}
    return render(request, "webhooks/list.html", context, status=422 if form and form.errors else 200)


@for_kinds(*KINDS)
@require_GET
def endpoint(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint: its log with the codes that came back."""
    row = _mine(request, endpoint_id)
    context = {
        "endpoint": row,
        "page": paginate(request, selectors.log_of(row), per_page=25),
        "may_manage": may_manage(row, request.user),
        "may_pause": fsm.may(row.pause, request.user),
        "may_resume": fsm.may(row.resume, request.user),
    }
    return render(request, "webhooks/endpoint.html", context)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """What an endpoint is called, and what it asks for."""
    row = _mine(request, endpoint_id)
    if not may_manage(row, request.user):
        raise Http404
    form = AsksForm(request.POST or None, initial={"name": row.name, "topics": row.topics})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_endpoint(
                endpoint_id=row.pk, actor=request.user, watches=row.watches, **form.cleaned_data
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept. It holds from the next message on."))
            return redirect("webhooks:endpoint", row.pk)
    context = {"endpoint": row, "form": form}
    return render(request, "webhooks/change.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_POST
def ping(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Send a test message."""
    row = _mine(request, endpoint_id)
    services.ping(endpoint_id=row.pk, actor=request.user)
    messages.success(request, _("The test message is on its way. Reload to see the answer."))
    return redirect("webhooks:endpoint", row.pk)


@for_kinds(*KINDS)
@never_cache
@require_POST
def new_secret(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Replace the secret; the new one is shown once."""
    row, secret = services.replace_secret(endpoint_id=_mine(request, endpoint_id).pk, actor=request.user)
    return render(request, "webhooks/secret.html", {"endpoint": row, "secret": secret})


@for_kinds(*KINDS)
@require_POST
def switch(request: HttpRequest, endpoint_id: UUID, act: str) -> HttpResponse:
    """Switch it off, on, or remove it."""
    row = _mine(request, endpoint_id)
    if act not in SWITCHES:
        raise Http404
    try:
        services.switch(endpoint_id=row.pk, actor=request.user, act_name=act)
    except DomainError as error:
        told = [str(text) for texts in error.fields.values() for text in texts]
        messages.error(request, " ".join(told) or str(error.message))
    return redirect("webhooks:list") if act == "remove" else redirect("webhooks:endpoint", row.pk)


@for_kinds(*KINDS)
@require_POST
def replay(request: HttpRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send one message again."""
    row = _mine(request, endpoint_id)
    found = get_or_404(row.deliveries.all(), pk=delivery_id)
    services.replay(delivery_id=found.pk, actor=request.user)
    messages.success(request, _("The message is on its way again, under its old id."))
    return redirect("webhooks:endpoint", row.pk)
