"""The decision on an application: what the decider answers, and what follows from it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.applications import services as applications
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.certificates.selectors import SUBJECT, open_deferral, open_findings, running_certificate
from certification.certificates.services.issuing import day_of, issue_certificate
from certification.certificates.states import GRANTS, OUTCOME_WORDS, Outcome
from certification.decisions import selectors as decisions_read
from certification.decisions import services as decisions
from certification.decisions.models import Decision
from certification.decisions.states import DecisionState
from iris.accounts.states import Role
from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User

LONGEST_CONDITION = 1000
LONGEST_REASONS = 8000
_WORDS: dict[Outcome, Literal["granted", "granted_with_conditions", "refused"]] = {
    Outcome.GRANT: "granted",
    Outcome.GRANT_WITH_CONDITIONS: "granted_with_conditions",
    Outcome.REFUSE: "refused",
}


@dataclass(frozen=True)
class ConditionDraft:
    """Something the agency has to do by a day, told with the grant."""

    text: str
    due_on: date


@transaction.atomic
def decide_application(
    *,
    application_id: UUID,
    actor: User,
    outcome: Outcome | str,
    reasons: str,
    conditions: Sequence[ConditionDraft] = (),
    effective_on: date | None = None,
) -> Decision:
    """Answer a recommended application. A grant issues the certificate in the same transaction and asks for its PDF.

    Raises NotPermitted (no decider; code `barred` with the ties in words), Conflict (decided already, or not there
    yet), ReasonRequired, TransitionRefused (code `open_findings`) for a grant while a critical or major is open,
    BadInput for conditions and dates that do not fit.
    """
    outcome = Outcome(outcome)
    application = for_decider(application_id, actor)
    _refuse_waiting(application)
    told = _checked_reasons(reasons)
    effective = _checked_day(application, outcome, effective_on)
    _check_conditions(outcome, conditions)
    if outcome in GRANTS:
        _refuse_open_findings(application)
    decision = _voted(application, actor, outcome, told, _Terms(effective, tuple(conditions)))
    if decision.state != DecisionState.DECIDED:
        return decision
    taken = Outcome(decision.outcome)
    applications.record_outcome(
        application_id=application.pk, actor=actor, outcome=_WORDS[taken], reasons=decision.reasons
    )
    if taken in GRANTS:
        terms = _agreed(decision, taken, _Terms(effective, tuple(conditions)))
        issue_certificate(
            application=application,
            decision=decision,
            actor=actor,
            effective_on=max(terms.effective_on, clocks.today()),
            conditions=terms.conditions,
        )
    return decision


@dataclass(frozen=True)
class _Terms:
    """What goes with a grant."""

    effective_on: date
    conditions: tuple[ConditionDraft, ...] = ()


def _voted(application: Application, actor: User, outcome: Outcome, reasons: str, terms: _Terms) -> Decision:
    """One vote; with `decision_votes_needed` of 1 it is the decision."""
    opened = decisions.open_decision(
        agency=application.agency,
        subject_label=SUBJECT,
        subject_id=application.pk,
        question=_("Is a certificate granted on application %(number)s?") % {"number": application.number},
        facts=_facts(application),
        actor=actor,
        votes_needed=clocks.number("decision_votes_needed"),
        proposal={
            "outcome": outcome.value,
            "effective_on": terms.effective_on.isoformat(),
            "conditions": [
                {"text": one.text.strip(), "due_on": one.due_on.isoformat()} for one in terms.conditions
            ],
        },
    )
    return decisions.vote(decision_id=opened.pk, actor=actor, outcome=outcome.value, reasons=reasons)


def _agreed(decision: Decision, outcome: Outcome, own: _Terms) -> _Terms:
    """The terms of the first vote, which the others joined; one's own where the first vote was another answer."""
    told = decision.proposal or {}
    if told.get("outcome") != outcome.value:
        return own
    conditions = tuple(
        ConditionDraft(text=str(row["text"]), due_on=date.fromisoformat(str(row["due_on"])))
        for row in told.get("conditions", [])
    )
    return _Terms(date.fromisoformat(str(told["effective_on"])), conditions)


def for_decider(application_id: UUID, actor: User) -> Application:
    """The recommended application, locked after its agency, for a decider who has no tie."""
    if not actor.has_role(Role.DECIDER):
        raise NotPermitted(_("Only a decider decides on applications."))
    agency_id = Application.objects.values_list("agency_id", flat=True).get(pk=application_id)
    lock(Agency, agency_id)
    application = lock(Application, application_id)
    _refuse_moved_on(application)
    decisions.refuse_barred(application.agency, actor)
    return application


def _refuse_waiting(application: Application) -> None:
    row = open_deferral(application.pk)
    if row is not None:
        raise TransitionRefused(
            _("The decision waits for the answer to the questions of %(who)s, until %(day)s.")
            % {"who": row.asked_by.label, "day": in_words(row.due_on)},
            code="deferred",
        )


def _checked_reasons(reasons: str) -> str:
    told = reasons.strip()
    if not told:
        raise ReasonRequired(
            fields={"reasons": [_("Give your reasons. The agency and the audit firm read them.")]}
        )
    if len(told) > LONGEST_REASONS:
        sentence = _("The reasons have at most %(most)s characters. Say it shorter.") % {
            "most": LONGEST_REASONS
        }
        raise BadInput(sentence, fields={"reasons": [sentence]})
    return told


def _facts(application: Application) -> dict[str, Any]:
    """What lay before the decider: the recommendation as handed over, without the summary's words."""
    told = application.recommendation or {}
    return {key: value for key, value in told.items() if key != "summary"}


def _refuse_moved_on(application: Application) -> None:
    if application.state == ApplicationState.RECOMMENDED:
        return
    taken = decisions_read.decision_for(SUBJECT, application.pk)
    if taken is not None and taken.decided_by is not None and taken.decided_at is not None:
        raise Conflict(
            _("%(who)s decided this on %(when)s: %(what)s. A decision is taken once.")
            % {
                "who": taken.decided_by.label,
                "when": in_words(taken.decided_at),
                "what": OUTCOME_WORDS[taken.outcome],
            }
        )
    raise Conflict(
        _("This application is not ready for a decision: the auditors' recommendation is not in yet.")
    )


def _refuse_open_findings(application: Application) -> None:
    critical, major = open_findings(application)
    missing = []
    if critical:
        missing.append(_("Critical findings still open: %(count)s.") % {"count": critical})
    if major:
        missing.append(_("Major findings still open: %(count)s.") % {"count": major})
    stage2 = day_of((application.recommendation or {}).get("stage2_ended_on"))
    if missing and stage2 is not None:
        last = clocks.add_months(stage2, clocks.number("stage2_repeat_months", on=stage2))
        if clocks.today() > last:
            missing.append(
                _(
                    "Not verified by %(day)s, %(months)s months after stage 2: stage 2 is held again before a decision."
                )
                % {
                    "day": in_words(last),
                    "months": clocks.number("stage2_repeat_months", on=stage2),
                }
            )
    if missing:
        raise TransitionRefused(
            _("No certificate can be granted while a critical or major finding is open."),
            code="open_findings",
            missing=missing,
        )


def _checked_day(application: Application, outcome: Outcome, effective_on: date | None) -> date:
    today = clocks.today()
    if effective_on is None or outcome not in GRANTS:
        return today
    if effective_on < today:
        sentence = _("A certificate cannot take effect before it is decided. Give today or a later day.")
        raise BadInput(sentence, fields={"effective_on": [sentence]})
    last = clocks.deadline(today, "certificate_effective_days")
    if effective_on > last:
        sentence = _("This is too far ahead: at most until %(last)s.") % {"last": in_words(last)}
        raise BadInput(sentence, fields={"effective_on": [sentence]})
    if effective_on > today and running_certificate(application.agency) is not None:
        sentence = _("The agency holds a certificate that this one replaces: it has to take effect today.")
        raise BadInput(sentence, fields={"effective_on": [sentence]})
    return effective_on


def _check_conditions(outcome: Outcome, conditions: Sequence[ConditionDraft]) -> None:
    problem = ""
    if outcome == Outcome.GRANT_WITH_CONDITIONS and not conditions:
        problem = _("Name at least one condition and the day by which it has to be met.")
    elif outcome != Outcome.GRANT_WITH_CONDITIONS and conditions:
        problem = _("Conditions go with “grant it with conditions”. Choose that, or empty the conditions.")
    for draft in conditions:
        if not draft.text.strip():
            problem = _("Say what has to be done, beside each day.")
        elif len(draft.text) > LONGEST_CONDITION:
            problem = _("A condition has at most %(most)s characters. Say it shorter.") % {
                "most": LONGEST_CONDITION
            }
        elif draft.due_on <= clocks.today():
            problem = _("The day of a condition lies ahead. Give a later day for “%(text)s”.") % {
                "text": draft.text
            }
    if problem:
        raise BadInput(problem, fields={"conditions": [problem]})
