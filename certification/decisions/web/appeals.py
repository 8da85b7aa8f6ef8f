"""Appeals: made by the agency, acknowledged by the office, heard by people who had no part in the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.decisions import selectors, services
from certification.decisions.forms import AppealForm, VoteForm
from certification.decisions.models import Appeal
from certification.decisions.states import AppealAnswer, AppealState
from certification.decisions.web.deciding import outcome_of, with_words
from iris.accounts.states import Role
from iris.core import clocks, events, files
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404


@for_roles(Role.SIGNATORY)
def begin(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The agency's form: what it contests, why, and one document."""
    decision = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    form = AppealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.appeal(
                decision_id=decision.pk,
                actor=request.user,
                grounds=form.cleaned_data["grounds"],
                upload=form.cleaned_data["document"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Your appeal is in. The scheme office confirms it by e-mail."))
            return redirect("decisions:appeal", made.pk)
    subject = selectors.subject_of(decision)
    context = {
        "decision": decision,
        "subject": subject,
        "outcome": outcome_of(decision),
        "last_day": selectors.appeal_ends_on(decision),
        "possible": selectors.appealable(decision, request.user),
        "answer_days": clocks.number("appeal_answer_days"),
        "votes": clocks.number("appeal_votes_needed"),
        "form": form,
    }
    return render(request, "decisions/begin_appeal.html", context, status=422 if form.errors else 200)


@for_kinds("agency", "scheme")
def appeal(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """One appeal: whose move, the decision it contests, the grounds, and for those who hear it their vote."""
    row = _row(request, appeal_id)
    form = VoteForm(AppealAnswer.choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.vote_on_appeal(appeal_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            done = _("Your vote counts. Others have to give theirs.")
            messages.success(request, done if row.is_open else _("Answered. The agency gets an e-mail."))
            return redirect("decisions:appeal", row.pk)
    return render(
        request, "decisions/appeal.html", _context(request, row, form), status=422 if form.errors else 200
    )


def _context(request: HttpRequest, row: Appeal, form: VoteForm) -> dict[str, Any]:
    user = request.user
    scheme = user.is_kind("scheme")
    subject = selectors.subject_of(row.decision)
    votes = list(row.votes.select_related("person"))
    own = next((one for one in votes if one.person_id == user.pk), None)
    refusal = selectors.refusal_to_hear(row, user) if user.has_role(Role.DECIDER) and own is None else None
    heard = row.state == AppealState.IN_HEARING
    return {
        "appeal": row,
        "decision": row.decision,
        "subject": subject,
        "outcome": outcome_of(row.decision),
        "facts": selectors.facts_in_words(row.decision.facts) if scheme else [],
        "deadlines": _deadlines(row),
        "scheme": scheme,
        "move": selectors.move_for(row, user),
        "votes": with_words(votes) if scheme and (own is not None or not row.is_open) else [],
        "votes_given": len(votes),
        "reasons": [one.reasons for one in votes if one.outcome == row.state],
        "own": own,
        "refusal": refusal.sentence if heard and refusal else "",
        "may_vote": heard and user.has_role(Role.DECIDER) and own is None and refusal is None,
        "may_acknowledge": may(row.acknowledge, user),
        "may_withdraw": may(row.withdraw, user),
        "hands": selectors.hands_on_appeal(row) if scheme and row.is_open else [],
        "events": events.events_of(row) if scheme else [],
        "form": form,
    }


def _deadlines(row: Appeal) -> list[dict[str, Any]]:
    if not row.is_open:
        return []
    found = [{"label": _("Answer to the agency"), "due": row.due_on}]
    if row.acknowledged_at is None:
        found.insert(0, {"label": _("Acknowledgment"), "due": row.acknowledge_by})
    return found


@for_kinds("agency", "scheme")
def document(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The document the agency sent with its appeal."""
    row = _row(request, appeal_id)
    if row.document is None:
        raise Http404
    return files.serve(row.document)


@require_POST
@for_roles(Role.SCHEME_MANAGER, Role.SCREENER)
def acknowledge(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The office has the appeal; the hearing opens."""
    row = _row(request, appeal_id)
    services.acknowledge_appeal(appeal_id=row.pk, actor=request.user)
    messages.success(
        request, _("Acknowledged. The agency gets an e-mail; the deciders named below can vote.")
    )
    return redirect("decisions:appeal", row.pk)


@for_roles(Role.SIGNATORY)
def withdraw(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The agency takes its appeal back, after being asked."""
    row = _row(request, appeal_id)
    if request.method == "POST":
        services.withdraw_appeal(appeal_id=row.pk, actor=request.user)
        messages.success(request, _("Withdrawn. The decision stands as it was taken."))
        return redirect("decisions:appeal", row.pk)
    return render(request, "decisions/withdraw_appeal.html", {"appeal": row})


def _row(request: HttpRequest, appeal_id: UUID) -> Appeal:
    return get_or_404(selectors.appeals_visible_to(request.user), pk=appeal_id)
