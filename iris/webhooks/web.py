"""Pages: the endpoints of an organisation, one endpoint with its log."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.core import clocks, fsm
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, public
from iris.core.web import get_or_404, paginate
from iris.webhooks import examples, selectors, services
from iris.webhooks.forms import AsksForm, EndpointForm
from iris.webhooks.models import Endpoint
from iris.webhooks.permissions import KINDS, NAMED_ONLY, may_add, may_manage
from iris.webhooks.rules import PAUSES, TOPICS, words_of
from iris.webhooks.states import DeliveryStatus, EndpointState

SWITCHES = ("pause", "resume", "remove")
MINUTE, HOUR = 60, 3_600


def _mine(request: HttpRequest, endpoint_id: UUID) -> Endpoint:
    return get_or_404(selectors.endpoints_visible_to(request.user), pk=endpoint_id)


def _choices(request: HttpRequest) -> dict[str, Any]:
    """What the form of an endpoint offers this person."""
    return {"kind": request.user.kind, "watches": selectors.watches_of(request.user)}


def _first(request: HttpRequest) -> dict[str, Any]:
    return {"topics": ["certificate.*"]} if request.user.is_kind(*NAMED_ONLY) else {}


@public
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """For developers: what comes, when, and how to check that it is ours."""
    context = {
        "topics": [(one, words_of(one)) for one in TOPICS],
        "examples": examples.EVERY,
        "receiver": examples.RECEIVER,
        "start": examples.START,
        "send": examples.SEND,
        "message": examples.MESSAGE,
        "headers": examples.HEADERS,
        "pauses": [_pause(one) for one in PAUSES],
        "broken_days": clocks.number("webhook_broken_days"),
        "overlap_hours": clocks.number("webhook_secret_overlap_hours"),
        "mine": request.user.is_authenticated and request.user.is_kind(*KINDS),
    }
    return render(request, "webhooks/guide.html", context)


def _pause(pause: timedelta) -> str:
    """5 seconds, 30 minutes, 14 hours: a pause as people say it."""
    seconds = int(pause.total_seconds())
    if seconds < MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if seconds < HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", seconds // MINUTE) % {"n": seconds // MINUTE}
    return ngettext("%(n)s hour", "%(n)s hours", seconds // HOUR) % {"n": seconds // HOUR}


@for_kinds(*KINDS)
@never_cache
@require_http_methods(["GET", "POST"])
def endpoints(request: HttpRequest) -> HttpResponse:
    """The endpoints, and a new one: its secret is on the page that answers, and nowhere else."""
    form = None
    if may_add(request.user):
        form = EndpointForm(request.POST or None, **_choices(request), initial=_first(request))
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                made, secret = services.add_endpoint(actor=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_domain_error(error)
            else:
                return _secret_page(request, made, secret)
    context = {"endpoints": list(selectors.with_last_message(request.user)), "form": form}
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
        "asked": _asked(row, request.user),
        "overlap_hours": clocks.number("webhook_secret_overlap_hours"),
    }
    return render(request, "webhooks/endpoint.html", context)


def _asked(row: Endpoint, user: Any) -> dict[str, list[Any]]:
    """What an endpoint asks for, in words."""
    titles = dict(selectors.watches_of(user))
    return {
        "topics": [(one, words_of(one)) for one in row.topics],
        "watches": [titles.get(one, _("A watch that has ended")) for one in row.watches],
    }


@for_kinds(*KINDS)
@require_GET
def message(request: HttpRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """One message: what was sent, and what came back each time."""
    row = _mine(request, endpoint_id)
    found = get_or_404(selectors.log_of(row), pk=delivery_id)
    context = {
        "endpoint": row,
        "message": found,
        "body": json.dumps(json.loads(found.body), indent=2, ensure_ascii=False),
        "attempts": list(found.attempts.order_by("-at", "-created_at")),
        "may_replay": _may_replay(row, request.user) and found.status != DeliveryStatus.WAITING,
    }
    return render(request, "webhooks/message.html", context)


def _may_replay(row: Endpoint, user: Any) -> bool:
    return may_manage(row, user) and row.state == EndpointState.ACTIVE


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """What an endpoint is called, and what it asks for."""
    row = _mine(request, endpoint_id)
    if not may_manage(row, request.user):
        raise Http404
    initial = {"name": row.name, "topics": row.topics, "watches": row.watches}
    form = AsksForm(request.POST or None, initial=initial, held=row.watches, **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_endpoint(endpoint_id=row.pk, actor=request.user, **form.cleaned_data)
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
    return _secret_page(request, row, secret)


def _secret_page(request: HttpRequest, row: Endpoint, secret: str) -> HttpResponse:
    context = {"endpoint": row, "secret": secret, "examples": examples.EVERY}
    return render(request, "webhooks/secret.html", context)


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
