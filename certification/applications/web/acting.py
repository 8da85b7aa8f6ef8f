"""One small page for each act: what it does, what is typed, what happens then. Refusals say who was first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.applications import selectors
from certification.applications.models import Application
from iris.core.errors import BadInput, DomainError, NotPermitted
from iris.core.forms import Form
from iris.core.fsm import may

from .reading import audience, person


@dataclass(frozen=True)
class ActPage:
    """The words, the form and the service of one act."""

    act: str
    form: type[Form]
    title: StrOrPromise
    button: StrOrPromise
    said: StrOrPromise
    do: Callable[[dict[str, Any]], object]
    intro: StrOrPromise = ""
    label: StrOrPromise = ""
    help_text: StrOrPromise = ""
    after: StrOrPromise = ""
    danger: bool = False
    initial: dict[str, Any] | None = None


def refused(form: Form, error: DomainError) -> int:
    """Put a refusal on the form; the status that goes with it."""
    form.add_domain_error(error)
    if isinstance(error, BadInput):
        return 422
    return 403 if isinstance(error, NotPermitted) else 409


def act_page(
    request: HttpRequest, application: Application, page: ActPage, *, back: str = ""
) -> HttpResponse:
    """Show the act, or do it and go back to the case."""
    case_url = back or reverse("applications:application", args=[application.pk])
    if request.method == "GET" and not may(getattr(application, page.act), person(request)):
        messages.warning(
            request, _("This is not possible now. The case has moved on; here is where it stands.")
        )
        return redirect(case_url)
    form = page.form(request.POST or None, initial=page.initial)
    if request.method == "POST" and not form.is_bound:
        form = page.form(request.POST)
    for name in ("reason", "text"):
        if name in form.fields and page.label:
            form.fields[name].label = page.label
            form.fields[name].help_text = page.help_text
    form.mark_optional = False  # type: ignore[attr-defined] # read by the field template
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                page.do(form.cleaned_data)
            except DomainError as error:
                status = refused(form, error)
            else:
                messages.success(request, page.said)
                return redirect(case_url)
    context = {
        "application": application,
        "audience": audience(person(request)),
        "move": selectors.move_for(application, person(request)),
        "page": page,
        "form": form,
        "back": case_url,
    }
    return render(request, "applications/act.html", context, status=status)
