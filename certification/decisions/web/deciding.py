"""The desk of votes and appeals, and the page on which a question is answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.decisions import selectors, services
from certification.decisions.forms import VoteForm
from certification.decisions.models import Appeal, Decision
from certification.decisions.states import UNDECIDED_STATES, AppealAnswer
from iris.accounts.states import Role
from iris.core import events
from iris.core.errors import DomainError
from iris.core.policy import for_roles
from iris.core.web import get_or_404, paginate


@for_roles(Role.DECIDER, Role.SCHEME_MANAGER, Role.SCREENER)
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a vote, who may give it, and what was answered."""
    appeals = [
        {
            "appeal": row,
            "subject": selectors.subject_of(row.decision),
            **_split(selectors.hands_on_appeal(row)),
        }
        for row in selectors.open_appeals()
    ]
    decisions = [
        {
            "decision": row,
            "url": selectors.subject_of(row).elsewhere or reverse("decisions:decision", args=[row.pk]),
            **_split(selectors.hands_on_decision(row)),
        }
        for row in selectors.open_decisions()
    ]
    taken = selectors.decisions_visible_to(request.user).exclude(state__in=UNDECIDED_STATES)
    page = paginate(request, taken.order_by("-decided_at"), per_page=10)
    past = [{"decision": row, "outcome": outcome_of(row)} for row in page.object_list]
    context = {"appeals": appeals, "decisions": decisions, "page": page, "past": past}
    return render(request, "decisions/desk.html", context)


def _split(hands: list[selectors.Hand]) -> dict[str, Any]:
    return {
        "may": [one for one in hands if not one.why_not],
        "barred": [one for one in hands if one.why_not],
    }


@for_roles(Role.DECIDER, Role.SCHEME_MANAGER, Role.SCREENER)
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """One question: the facts as they lay before the deciders, what is proposed, the votes."""
    row = get_or_404(selectors.decisions_visible_to(request.user), pk=decision_id)
    subject = selectors.subject_of(row)
    form = VoteForm(subject.answers.items(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.vote(decision_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            done = _("Your vote counts. Others have to give theirs.")
            open_still = row.state in UNDECIDED_STATES
            messages.success(request, done if open_still else _("Decided. The agency reads the reasons."))
            return redirect("decisions:decision", row.pk)
    context = _context(request, row, subject, form)
    return render(request, "decisions/decision.html", context, status=422 if form.errors else 200)


def _context(
    request: HttpRequest, row: Decision, subject: selectors.Subject, form: VoteForm
) -> dict[str, Any]:
    user = request.user
    votes = list(row.votes.select_related("person"))
    voted = any(one.person_id == user.pk for one in votes)
    undecided = row.state in UNDECIDED_STATES
    decider = user.has_role(Role.DECIDER) and undecided and not voted
    refusal = selectors.refusal_to_vote(row, user) if decider else None
    return {
        "decision": row,
        "subject": subject,
        "outcome": outcome_of(row),
        "move": selectors.move_on_decision(row, user),
        "facts": selectors.facts_in_words(row.facts),
        "proposal": selectors.facts_in_words(row.proposal or {}),
        "votes": with_words(votes, subject.answers) if voted or not undecided else [],
        "votes_given": len(votes),
        "refusal": refusal.sentence if refusal else "",
        "may_vote": decider and refusal is None and not subject.elsewhere,
        "hands": selectors.hands_on_decision(row) if undecided else [],
        "appeal": Appeal.objects.filter(decision=row).first(),
        "events": events.events_of(row),
        "form": form,
    }


def outcome_of(row: Decision) -> str:
    """The outcome in the words of the room that asked."""
    return str(selectors.subject_of(row).answers.get(row.outcome, row.outcome))


def with_words(votes: list[Any], answers: Any = None) -> list[dict[str, Any]]:
    """Votes as their template shows them."""
    words = answers or dict(AppealAnswer.choices)
    return [
        {
            "person": one.person,
            "words": words.get(one.outcome, one.outcome),
            "at": one.at,
            "reasons": one.reasons,
        }
        for one in votes
    ]
