"""Notices: an authority files and reads its own, the scheme looks at them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification.corrections import permissions, selectors, services
from certification.corrections.forms import AnswerForm, NoticeForm
from certification.corrections.models import AuthorityNotice
from iris.accounts.states import OrganisationKind
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

KINDS = (OrganisationKind.SCHEME, OrganisationKind.GOVERNMENT)
ANSWERS = ("act_on", "note")


@for_kinds(*KINDS)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice that this person may read, newest first."""
    context = {
        "page": paginate(request, selectors.notices_visible_to(request.user)),
        "may_file": permissions.may_file(request.user),
    }
    return render(request, "corrections/notices.html", context)


@for_kinds(OrganisationKind.GOVERNMENT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """File a notice."""
    organisation = request.user.organisation
    country = organisation.country if organisation else ""
    form = NoticeForm(request.POST or None, initial={"country": country, "measure_on": clocks.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.file_notice(entry=form.entry(), actor=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            text = _("Filed as %(reference)s. The scheme looks at it by %(day)s.")
            day = in_words(made.due_on)
            messages.success(request, text % {"reference": made.reference, "day": day})
            return redirect("corrections:notice", made.pk)
    return render(request, "corrections/new_notice.html", {"form": form}, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice, and what the scheme did."""
    row = get_or_404(selectors.notices_visible_to(request.user), pk=notice_id)
    chosen = request.POST.get("act", "")
    form = AnswerForm(request.POST if chosen in ANSWERS else None)
    problem = ""
    if request.method == "POST":
        try:
            said = _act(row, request.user, chosen, form)
        except DomainError as error:
            problem = "" if chosen in ANSWERS else str(error)
            form.add_domain_error(error) if chosen in ANSWERS else None
        else:
            if said:
                messages.success(request, said)
                return redirect("corrections:notice", row.pk)
    context = {
        "row": row,
        "scheme": request.user.is_kind(OrganisationKind.SCHEME),
        "form": form,
        "problem": problem,
        "may": {
            "look_at": may(row.look_at, request.user),
            "answer": may(row.act_on, request.user),
            "withdraw": may(row.withdraw, request.user),
        },
        "events": events.events_of(row, limit=20),
    }
    wrong = bool(form.errors) or bool(problem)
    return render(request, "corrections/notice.html", context, status=422 if wrong else 200)


def _act(row: AuthorityNotice, user: Any, chosen: str, form: AnswerForm) -> str:
    """Carry it out and say so; an empty text where the form has to be shown again."""
    if chosen in ANSWERS:
        if not form.is_valid():
            return ""
        carry_out = services.act_on_notice if chosen == "act_on" else services.note_notice
        carry_out(notice_id=row.pk, actor=user, answer=form.cleaned_data["answer"])
        return _("Answered. The authority reads it.")
    if chosen == "look_at":
        services.look_at_notice(notice_id=row.pk, actor=user)
        return _("It is yours now.")
    if chosen == "withdraw":
        services.withdraw_notice(notice_id=row.pk, actor=user)
        return _("The notice is taken back.")
    raise Http404
