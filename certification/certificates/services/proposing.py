"""Suspending, withdrawing, reinstating, reducing, keeping: one person proposes, somebody else decides (ADR 0025).

A scheme manager opens a decision with what would happen; deciders who did not propose it and have no tie vote. When
enough votes agree the act happens in the same transaction; a refused proposal stays as a decision with its reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.certificates.models import Certificate, Ground, LicenceReview, Why
from certification.certificates.permissions import by_scheme_manager
from certification.certificates.rules import in_the_way_of_reinstating
from certification.certificates.selectors import open_reviews
from certification.certificates.services.holding import held
from certification.certificates.services.settling import (
    lift,
    refuse_past,
    reinstate,
    settle_reviews,
    suspend,
    withdraw,
)
from certification.certificates.services.telling import tell_of, tell_scheme
from certification.certificates.services.writing import Scope, refuse_more, reissue, scope_of
from certification.certificates.states import (
    IN_FORCE,
    RUNNING,
    CertificateState,
    Proposed,
    ReasonCode,
    ScopeChange,
)
from certification.decisions import services as decisions
from certification.decisions.models import Decision
from certification.decisions.selectors import open_decision_for
from certification.decisions.states import Answer
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock
from iris.core.places import Corridor, sector_name

if TYPE_CHECKING:
    from iris.accounts.models import User

_FROM: dict[Proposed, tuple[CertificateState, ...]] = {
    Proposed.SUSPEND: IN_FORCE,
    Proposed.WITHDRAW: RUNNING,
    Proposed.REINSTATE: (CertificateState.SUSPENDED,),
    Proposed.REDUCE: RUNNING,
    Proposed.KEEP: RUNNING,
}
_EXPLAINED = (Proposed.SUSPEND, Proposed.WITHDRAW)


@dataclass(frozen=True)
class Words:
    """What a proposal says: the full reason for scheme and agency, a code and a sentence for the register."""

    reason: str
    public_note: str = ""
    reason_code: str = ""


@dataclass(frozen=True)
class Wanted:
    """The scope that would remain. `branches` are names."""

    corridors: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]
    branches: tuple[str, ...] = ()


@transaction.atomic
def propose(
    *, certificate_id: UUID, act: Proposed | str, actor: User, words: Words, wanted: Wanted | None = None
) -> Decision:
    """Ask somebody else to decide on an act on a certificate.

    Raises NotPermitted, Conflict (not possible in its state; the same is proposed already), ReasonRequired and
    BadInput (words, scope), TransitionRefused (a reinstatement while something that led to the suspension is open).
    """
    certificate = held(certificate_id)
    if not by_scheme_manager(certificate, actor):
        raise NotPermitted(
            _("Only a scheme manager proposes an act on a certificate; somebody else decides.")
        )
    return open_proposal(certificate, Proposed(act), actor=actor, words=words, wanted=wanted)


def open_proposal(
    certificate: Certificate,
    what: Proposed,
    *,
    actor: Any,
    words: Words,
    wanted: Wanted | None = None,
    more: dict[str, Any] | None = None,
) -> Decision:
    """The decision that a proposal opens; the actor is a scheme manager, or the system by a rule."""
    refuse_past(certificate)
    _refuse_state(certificate, what)
    _check_words(what, words)
    if open_decision_for(what.value, certificate.pk) is not None:
        raise Conflict(_("This is proposed already and waits for a decision."))
    proposal = {
        "reason": words.reason.strip(),
        "public_note": words.public_note.strip(),
        **(more or {}),
    }
    if words.reason_code:
        proposal["reason_code"] = str(ReasonCode(words.reason_code).label)
        proposal["code_id"] = words.reason_code
    if what == Proposed.REDUCE:
        proposal |= _checked_scope(certificate, wanted)
    if what == Proposed.REINSTATE:
        _refuse_unready(certificate)
    if what == Proposed.KEEP and not open_reviews(certificate):
        raise Conflict(_("No review of a lost licence is open for this certificate."))
    decision = decisions.open_decision(
        agency=certificate.agency,
        subject_label=what.value,
        subject_id=certificate.pk,
        question=question_of(what, certificate.number),
        facts={
            "number": certificate.number,
            "revision": certificate.revision,
            "state": str(CertificateState(certificate.state).label),
            "since": certificate.state_since.isoformat(),
            "valid_until": certificate.expires_on.isoformat(),
        },
        actor=actor,
        four_eyes=True,
        votes_needed=clocks.number("proposal_votes_needed"),
        proposal=proposal,
        due_on=clocks.today() + timedelta(days=clocks.number("proposal_days")),
    )
    events.record(
        certificate, act=f"proposed_{what.name.lower()}", actor=actor, data={"decision": str(decision.pk)}
    )
    tell_scheme(
        certificate,
        "proposed",
        Role.DECIDER,
        url=reverse("decisions:decision", args=[decision.pk]),
        what=str(what.label),
    )
    return decision


def question_of(what: Proposed, number: str) -> str:
    """The question a decider answers."""
    return {
        Proposed.SUSPEND: _("Is certificate %(number)s suspended?"),
        Proposed.WITHDRAW: _("Is certificate %(number)s withdrawn?"),
        Proposed.REINSTATE: _("Is certificate %(number)s reinstated?"),
        Proposed.REDUCE: _("Is the scope of certificate %(number)s reduced?"),
        Proposed.KEEP: _("Is certificate %(number)s kept although a licence was lost?"),
    }[what] % {"number": number}


@transaction.atomic
def vote_on_proposal(*, decision_id: UUID, actor: User, outcome: Answer | str, reasons: str) -> Decision:
    """Answer a proposal with reasons. The vote that suffices carries the act out (services.proposing.carry_out)."""
    if outcome not in Answer.values:
        raise BadInput(fields={"outcome": [_("Choose an answer.")]})
    return decisions.vote(decision_id=decision_id, actor=actor, outcome=str(outcome), reasons=reasons)


def carry_out(decision: Decision, actor: User) -> None:
    """What an answered proposal makes happen, in the transaction of the last vote. A refusal is only recorded."""
    what = Proposed(decision.subject_label)
    certificate = held(decision.subject_id)
    if decision.outcome != Answer.ACCEPT:
        events.record(
            certificate,
            act=f"refused_{what.name.lower()}",
            actor=actor,
            reason=decision.reasons,
            data={"decision": str(decision.pk)},
        )
        return
    refuse_past(certificate)
    _refuse_state(certificate, what)
    _ACTS[what](certificate, decision, actor)


def undo(decision: Decision, actor: User) -> None:
    """An appeal overturned the answer to a proposal: what it did is undone, as far as the dates allow."""
    what = Proposed(decision.subject_label)
    certificate = held(decision.subject_id)
    ground = Ground(decision_id=decision.pk)
    told = _("The decision was overturned on appeal.")
    over = certificate.expires_on < clocks.today()
    accepted = decision.outcome == Answer.ACCEPT
    if what == Proposed.SUSPEND and accepted and not over:
        if certificate.state == CertificateState.SUSPENDED and certificate.settled_by_id == decision.pk:
            lift(certificate, actor=actor, told=told, ground=ground)
    elif what == Proposed.REINSTATE and not accepted and not over:
        if certificate.state == CertificateState.SUSPENDED:
            lift(certificate, actor=actor, told=told, ground=ground)
    elif what in (Proposed.WITHDRAW, Proposed.REDUCE) and accepted and not over:
        _restore(certificate, decision, actor, told)


def _restore(certificate: Certificate, decision: Decision, actor: User, told: str) -> None:
    """The scope as it was, as a new revision, unless another certificate of the agency runs by now."""
    latest = Certificate.objects.filter(number=certificate.number).order_by("-revision").first()
    running = Certificate.objects.filter(agency_id=certificate.agency_id, state__in=RUNNING).first()
    assert latest is not None
    if running is not None and running.pk != latest.pk:
        return
    if decision.subject_label == Proposed.REDUCE and latest.settled_by_id != decision.pk:
        return
    made = reissue(
        lock(Certificate, latest.pk),
        scope=scope_of(certificate),
        actor=actor,
        change=ScopeChange.RESTORED,
        words=Why(told, "", told),
        ground=Ground(decision_id=decision.pk),
    )
    tell_of(made, "revised", revision=made.revision, note=told)


def _suspend(certificate: Certificate, decision: Decision, actor: User) -> None:
    suspend(certificate, actor=actor, why=_why(decision), ground=Ground(decision_id=decision.pk))


def _withdraw(certificate: Certificate, decision: Decision, actor: User) -> None:
    withdraw(certificate, actor=actor, why=_why(decision), ground=Ground(decision_id=decision.pk))


def _reinstate(certificate: Certificate, decision: Decision, actor: User) -> None:
    told = decision.proposal or {}
    _refuse_unready(certificate)
    reinstate(
        certificate,
        actor=actor,
        reason=str(told["reason"]),
        public_note=str(told["public_note"]),
        ground=Ground(decision_id=decision.pk),
    )


def _reduce(certificate: Certificate, decision: Decision, actor: User) -> None:
    told = decision.proposal or {}
    wanted = told["scope_ids"]
    branches = set(wanted["branches"])
    scope = Scope(
        tuple((str(pair[0]), str(pair[1])) for pair in wanted["corridors"]),
        tuple(wanted["sectors"]),
        tuple(row for row in certificate.branches if row["name"] in branches),
    )
    refuse_more(certificate, scope)
    settle_reviews(certificate)
    made = reissue(
        certificate,
        scope=scope,
        actor=actor,
        change=ScopeChange.REDUCED,
        words=Why(str(told["reason"]), "", str(told["public_note"])),
        ground=Ground(decision_id=decision.pk),
    )
    tell_of(made, "revised", revision=made.revision, note=str(told["public_note"]))


def _keep(certificate: Certificate, decision: Decision, actor: User) -> None:
    for review in open_reviews(certificate):
        act(lock(LicenceReview, review.pk).keep, actor=actor, data={"decision": str(decision.pk)})


_ACTS: dict[Proposed, Callable[[Certificate, Decision, User], None]] = {
    Proposed.SUSPEND: _suspend,
    Proposed.WITHDRAW: _withdraw,
    Proposed.REINSTATE: _reinstate,
    Proposed.REDUCE: _reduce,
    Proposed.KEEP: _keep,
}


def _why(decision: Decision) -> Why:
    told = decision.proposal or {}
    return Why(str(told["reason"]), str(told["code_id"]), str(told["public_note"]))


def _refuse_state(certificate: Certificate, what: Proposed) -> None:
    if certificate.state in _FROM[what]:
        return
    last = events.last_change(certificate)
    raise Conflict(
        _("Not possible any more: the certificate is “%(state)s” since %(day)s (%(who)s). Reload the page.")
        % {
            "state": CertificateState(certificate.state).label,
            "day": in_words(certificate.state_since),
            "who": (last and last.actor_label) or _("the system"),
        }
    )


def _refuse_unready(certificate: Certificate) -> None:
    left = in_the_way_of_reinstating(certificate)
    if left:
        raise TransitionRefused(
            _("The certificate cannot be reinstated yet."), missing=left, code="reinstate_not_ready"
        )


def _check_words(what: Proposed, words: Words) -> None:
    fields: dict[str, list[str]] = {}
    if not words.reason.strip():
        fields["reason"] = [_("Give the reason in full. The scheme and the agency read it.")]
    if what != Proposed.KEEP and not words.public_note.strip():
        fields["public_note"] = [_("Write the sentence that the register shows with the date.")]
    if what in _EXPLAINED and words.reason_code not in ReasonCode.values:
        raise BadInput(fields={**fields, "reason_code": [_("Choose a reason.")]})
    if fields:
        raise ReasonRequired(fields=fields)


def _checked_scope(certificate: Certificate, wanted: Wanted | None) -> dict[str, Any]:
    if wanted is None:
        raise BadInput(fields={"corridors": [_("Say which corridors, sectors and branches stay.")]})
    branches = set(wanted.branches)
    scope = Scope(
        tuple(wanted.corridors),
        tuple(wanted.sectors),
        tuple(row for row in certificate.branches if row["name"] in branches),
    )
    if not refuse_more(certificate, scope):
        sentence = _("Nothing is taken away. Untick a corridor, a sector or a branch.")
        raise BadInput(sentence, fields={"corridors": [sentence]})
    ids = {
        "corridors": [list(pair) for pair in scope.corridors],
        "sectors": list(scope.sectors),
        "branches": [row["name"] for row in scope.branches],
    }
    return {
        "corridors_that_stay": [Corridor(*pair).text for pair in scope.corridors],
        "sectors_that_stay": [str(sector_name(sector)) for sector in scope.sectors],
        "branches_that_stay": ids["branches"],
        "scope_ids": ids,
    }
