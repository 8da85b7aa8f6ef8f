"""One small page for each act: what it does, what is typed, what happens then. Refusals say who was first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.applications import selectors, services
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
    # Where the act sends a letter: its draft, made of what was typed. Nothing is to be typed first: `typed=False`.
    letter: Callable[[dict[str, Any]], services.Draft] | None = None
    typed: bool = True
    template: str = "applications/act.html"
    form_options: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    # Whether the act is open, where it is no transition.
    open: bool | None = None

    @property
    def sends_letter(self) -> bool:
        """Whether the letter is read before the act."""
        return self.letter is not None


def refused(form: Form, error: DomainError) -> int:
    """Put a refusal on the form; the status that goes with it."""
    form.add_domain_error(error)
    if isinstance(error, BadInput):
        return 422
    return 403 if isinstance(error, NotPermitted) else 409


def act_page(
    request: HttpRequest, application: Application, page: ActPage, *, back: str = ""
) -> HttpResponse:
    """Show the act, show its letter, or do it and go back to the case."""
    case_url = back or reverse("applications:application", args=[application.pk])
    user = person(request)
    is_open = may(getattr(application, page.act), user) if page.open is None else page.open
    if request.method == "GET" and not is_open:
        messages.warning(
            request, _("This is not possible now. The case has moved on; here is where it stands.")
        )
        return redirect(case_url)
    form = _form(request, page)
    draft, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if request.POST.get("step") == "letter" and page.letter is not None:
                draft, status = _drafted(page, form)
            else:
                try:
                    page.do({**form.cleaned_data, **_letter_body(request, page)})
                except DomainError as error:
                    status = refused(form, error)
                    draft = _drafted(page, form)[0] if "letter_body" in request.POST else None
                else:
                    messages.success(request, page.said)
                    return redirect(case_url)
    elif page.letter is not None and not page.typed:
        draft = page.letter({})
    context = {
        "application": application,
        "audience": audience(user),
        "move": selectors.move_for(application, user),
        "page": page,
        "form": form,
        "back": case_url,
        "draft": draft,
        "letter_body": _shown_body(request, draft),
        **page.extra,
    }
    return render(request, page.template, context, status=status)


def _form(request: HttpRequest, page: ActPage) -> Form:
    if request.method == "POST":
        form = page.form(request.POST, initial=page.initial, **page.form_options)
    else:
        form = page.form(initial=page.initial, **page.form_options)
    for name in ("reason", "text"):
        if name in form.fields and page.label:
            form.fields[name].label = page.label
            form.fields[name].help_text = page.help_text
    form.mark_optional = False  # type: ignore[attr-defined] # read by the field template
    return form


def _drafted(page: ActPage, form: Form) -> tuple[services.Draft | None, int]:
    """The letter made of what was typed; a refusal goes onto the form."""
    if page.letter is None:
        return None, 200
    try:
        return page.letter(form.cleaned_data), 200
    except DomainError as error:
        return None, refused(form, error)


def _letter_body(request: HttpRequest, page: ActPage) -> dict[str, str]:
    """What a person made of the middle of the letter; empty when they left our words."""
    if page.letter is None:
        return {}
    typed = request.POST.get("letter_body", "")
    same = _flat(typed) == _flat(request.POST.get("letter_was", ""))
    return {"letter_body": "" if same else typed}


def _shown_body(request: HttpRequest, draft: services.Draft | None) -> str:
    """The middle of the letter in its field: what was edited, else the draft's words."""
    if draft is None:
        return ""
    typed = request.POST.get("letter_body", "")
    edited = typed.strip() and _flat(typed) != _flat(request.POST.get("letter_was", ""))
    return typed if edited else draft.body


def _flat(text: str) -> str:
    return " ".join(text.split())
