"""Disputes for whoever is signed in: the scheme answers, a sender reads and takes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification.corrections import selectors, services
from certification.corrections.forms import AnswerForm
from certification.corrections.models import Dispute
from certification.corrections.permissions import by_answering
from iris.accounts.states import OrganisationKind
from iris.core import events
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.moves import Move
from iris.core.policy import signed_in
from iris.core.web import get_or_404, paginate

ANSWERS = ("correct", "keep")


@signed_in
@require_GET
def disputes(request: HttpRequest) -> HttpResponse:
    """The disputes that this person may read; those that wait first."""
    rows = selectors.disputes_visible_to(request.user)
    chosen = "all" if request.GET.get("show") == "all" else "open"
    if request.user.is_kind(OrganisationKind.SCHEME) and chosen == "open":
        rows = rows.filter(pk__in=selectors.disputes_open().values("pk")).order_by("due_on", "created_at")
    context = {
        "page": paginate(request, rows),
        "scheme": request.user.is_kind(OrganisationKind.SCHEME),
        "chosen": chosen,
    }
    return render(request, "corrections/disputes.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """One dispute: what is said to be wrong, and what the scheme says."""
    row = get_or_404(selectors.disputes_visible_to(request.user), pk=dispute_id)
    chosen = request.POST.get("act", "")
    form = AnswerForm(request.POST if chosen in ANSWERS else None)
    problem = ""
    if request.method == "POST":
        try:
            said = _act(request, row, chosen, form)
        except DomainError as error:
            problem = "" if chosen in ANSWERS else str(error)
            form.add_domain_error(error) if chosen in ANSWERS else None
        else:
            if said:
                messages.success(request, said)
                return redirect("corrections:dispute", row.pk)
    context = {
        "row": row,
        "scheme": request.user.is_kind(OrganisationKind.SCHEME),
        "form": form,
        "problem": problem,
        "may": _rights(row, request.user),
        "move": _move(row, request.user),
        "events": events.events_of(row, limit=20),
    }
    wrong = bool(form.errors) or bool(problem)
    return render(request, "corrections/dispute.html", context, status=422 if wrong else 200)


def _rights(row: Dispute, user: Any) -> dict[str, bool]:
    return {
        "look_at": may(row.look_at, user),
        "answer": may(row.correct, user),
        "withdraw": may(row.withdraw, user),
        "reply": bool(row.reply) and row.is_open and by_answering(row, user),
    }


def _act(request: HttpRequest, row: Dispute, chosen: str, form: AnswerForm) -> str:
    """Carry it out and say so; an empty text where the form has to be shown again."""
    user = request.user
    if chosen in ANSWERS:
        if not form.is_valid():
            return ""
        carry_out = services.correct_dispute if chosen == "correct" else services.keep_dispute
        carry_out(dispute_id=row.pk, actor=user, answer=form.cleaned_data["answer"])
        return _("Answered. The sender reads your reasons.")
    if chosen == "look_at":
        services.look_at_dispute(dispute_id=row.pk, actor=user)
        return _("It is yours now.")
    if chosen == "withdraw":
        services.withdraw_dispute(dispute_id=row.pk, actor=user)
        return _("Your dispute is taken back.")
    if chosen in ("show_reply", "hide_reply"):
        services.show_reply(dispute_id=row.pk, actor=user, shown=chosen == "show_reply")
        return _("Done. The public page says so now.")
    raise Http404


def _move(row: Dispute, user: Any) -> Move | None:
    if not row.is_open:
        return None
    if not by_answering(row, user):
        return Move(
            who=_("The scheme looks at it"),
            what=_("You read the answer with its reasons here."),
            due=row.due_on,
        )
    if row.assigned_to_id is None:
        return Move(
            who=_("Nobody looks at it yet"),
            what=_("Take it up, look, then answer with reasons."),
            yours=True,
            due=row.due_on,
        )
    yours = row.assigned_to_id == user.pk
    who = _("It is yours") if yours else _("%(who)s looks at it") % {"who": row.assigned_to.label}  # type: ignore[union-attr] # asked above
    what = _("Correct the entry where it comes from, or keep it; then answer with reasons.")
    return Move(who=who, what=what, yours=yours, due=row.due_on)
