"""Pages: for whoever builds on the API, and for the scheme that answers them."""

from __future__ import annotations

import json
from http import HTTPStatus
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.accounts.services import switch
from iris.accounts.states import MANAGING_ROLES
from iris.core import events, frozen, problems
from iris.core.drf import limits
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.moves import Move
from iris.core.policy import for_kinds, for_roles, public, signed_in
from iris.core.web import get_or_404, paginate
from iris.developers import examples, reference, sandbox, selectors, services
from iris.developers.changes import CHANGES
from iris.developers.forms import AnswerForm, AskForm, SignUpForm
from iris.developers.models import LiveRequest
from iris.developers.states import LiveRequestState


def _base() -> str:
    return settings.IRIS_PUBLIC_URL.rstrip("/")


@public
@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """Where to begin, and the first call in three minutes."""
    calls, seconds = limits.rate()
    context = {
        "base": _base(),
        "first": examples.FIRST,
        "check": examples.CHECK,
        "again": examples.AGAIN,
        "wrong": examples.WRONG,
        "answer": json.dumps(
            {"as_of": frozen.as_of(), **sandbox.answer_of_certificate(examples.SHOWN)},
            indent=2,
            ensure_ascii=False,
        ),
        "calls": calls,
        "seconds": seconds,
        "can_issue": _can_issue(request),
        "begin_url": _begin(request),
        "is_developer": request.user.is_authenticated and request.user.is_kind("developer"),
    }
    return render(request, "developers/landing.html", context)


def _begin(request: HttpRequest) -> str:
    """Where somebody without keys begins; who is new makes an account on the way."""
    door = reverse("developers:sign_up")
    return door if request.user.is_authenticated else f"{reverse('account_signup')}?next={door}"


def _can_issue(request: HttpRequest) -> bool:
    own = request.user.organisation if request.user.is_authenticated else None
    return own is not None and request.user.role in MANAGING_ROLES[own.kind]


@public
@require_GET
def old_home(request: HttpRequest) -> HttpResponse:
    """Where the guide stood before: developers have one home."""
    return redirect("developers:landing", permanent=True)


@public
@require_GET
def errors(request: HttpRequest) -> HttpResponse:
    """Every code."""
    rows = sorted(problems.every(), key=lambda one: (one.status, one.code))
    groups = [
        (status, [{"problem": one, "phrase": HTTPStatus(status).phrase} for one in found])
        for status, found in groupby(rows, key=lambda one: one.status)
    ]
    return render(request, "developers/errors.html", {"groups": groups})


@public
@require_GET
def error(request: HttpRequest, code: str) -> HttpResponse:
    """One code: cause, fix, example. This page is the `type` of the problem."""
    found = problems.facts_of(code)
    if found is None:
        raise Http404
    example = json.dumps(found.example, indent=2, ensure_ascii=False)
    return render(request, "developers/error.html", {"problem": found, "example": example})


@public
@require_GET
def sandbox_page(request: HttpRequest) -> HttpResponse:
    """The fixed records."""
    operations = [(name, one) for name, group in reference.groups() for one in group if one.sandbox]
    context = {
        "cases": sandbox.AGENCIES,
        "lookups": sandbox.LOOKUPS,
        "questions": [(json.dumps(one.body), one) for one in sandbox.QUESTIONS],
        "gone": sandbox.GONE,
        "examples": examples.SANDBOX,
        "operations": operations,
    }
    return render(request, "developers/sandbox.html", context)


@public
@require_GET
def reference_page(request: HttpRequest) -> HttpResponse:
    """Every group of operations."""
    return render(request, "developers/reference.html", {"groups": reference.groups()})


@public
@require_GET
def reference_group(request: HttpRequest, group: str) -> HttpResponse:
    """The operations of one group, whole."""
    operations = dict(reference.groups()).get(group)
    if operations is None:
        raise Http404
    return render(request, "developers/group.html", {"group": group, "operations": operations})


@public
@require_GET
def changelog(request: HttpRequest) -> HttpResponse:
    """What changed in the API."""
    return render(request, "developers/changelog.html", {"changes": CHANGES})


@signed_in
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Become a developer: at once, with sandbox keys."""
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.sign_up(actor=request.user, **form.cleaned_data)
        except DomainError as refused:
            form.add_domain_error(refused)
        else:
            request.user.forget_acting()
            switch(request, made.pk)
            messages.success(request, _("Welcome. Now issue your first sandbox key."))
            return redirect("accounts:new_key")
    return render(request, "developers/sign_up.html", {"form": form}, status=422 if form.errors else 200)


@for_kinds("developer")
@require_http_methods(["GET", "POST"])
def live(request: HttpRequest) -> HttpResponse:
    """Ask for live keys; how the requests stand."""
    rows = list(selectors.requests_visible_to(request.user)[:20])
    waits = next((row for row in rows if row.state == LiveRequestState.ASKED), None)
    form = None if waits else AskForm(request.POST or None)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.ask(actor=request.user, **form.cleaned_data)
        except DomainError as refused:
            form.add_domain_error(refused)
        else:
            messages.success(request, _("The scheme has your request. It answers by e-mail."))
            return redirect("developers:live")
    opened = selectors.opened_to(request.user.organisation) if request.user.organisation else []
    context = {"rows": rows, "form": form, "waits": waits, "opened": opened, "move": _move(waits)}
    return render(request, "developers/live.html", context, status=422 if form and form.errors else 200)


def _move(waits: LiveRequest | None) -> Move | None:
    if waits is None:
        return None
    return Move(
        who=_("The scheme is looking at your request"),
        what=_("It answers by e-mail. Meanwhile everything works with your sandbox keys."),
    )


@for_kinds("developer")
@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take the request back."""
    row = get_or_404(selectors.requests_visible_to(request.user), pk=request_id)
    services.withdraw(request_id=row.pk, actor=request.user)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("developers:live")


@for_roles("scheme_manager")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Every request, those that wait first."""
    context = {"page": paginate(request, selectors.requests_visible_to(request.user))}
    return render(request, "developers/requests.html", context)


@for_roles("scheme_manager")
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: read it, then accept or refuse."""
    row = get_or_404(selectors.requests_visible_to(request.user), pk=request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept = form.cleaned_data["outcome"] == "accept"
        try:
            services.answer(
                request_id=row.pk, actor=request.user, accept=accept, reason=form.cleaned_data["reason"]
            )
        except DomainError as refused:
            form.add_domain_error(refused)
        else:
            messages.success(request, _("Your answer is on its way by e-mail."))
            return redirect("developers:requests")
    context = {
        "row": row,
        "form": form,
        "may_answer": may(row.accept, request.user),
        "events": events.events_of(row),
        "tried": selectors.tried_by(row.organisation),
    }
    return render(request, "developers/request.html", context, status=422 if form.errors else 200)
