"""Whose hands may answer: why a person may not vote on a question or hear an appeal, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.decisions.models import Appeal, Bar, Decision
from certification.decisions.permissions import may_decide
from certification.decisions.selectors.appeals import took_part
from certification.decisions.selectors.reading import barred, deciders, overturned_by_hand_of
from certification.decisions.states import BarKind
from iris.core.days import in_words

if TYPE_CHECKING:
    from iris.accounts.models import User


@dataclass(frozen=True)
class Refusal:
    """Why somebody may not: a code for programs, a sentence for people; short for lists of people."""

    code: str
    sentence: str
    short: str


@dataclass(frozen=True)
class Hand:
    """A decider, and why they may not answer (empty: they may), or whether they have."""

    person: User
    why_not: str
    voted: bool


def tie_in_words(tie: Bar) -> str:
    """One bar as a clause: what, where we know it from, and for how long it holds."""
    what = {
        BarKind.AUDITED: _("you audited it"),
        BarKind.TRAINED: _("you trained it"),
        BarKind.ADVISED: _("you advised it"),
        BarKind.EMPLOYED: _("you worked for it"),
        BarKind.CONFLICT: _("you have a conflict of interest"),
    }[BarKind(tie.kind)]
    if tie.until is None:
        return _("%(what)s (%(source)s)") % {"what": what, "source": tie.source}
    until = in_words(tie.until)
    return _("%(what)s (%(source)s, until %(until)s)") % {"what": what, "source": tie.source, "until": until}


def refusal_by_ties(agency: Agency, person: User) -> Refusal | None:
    """Bars of a person on an agency, or that they belong to it."""
    ties = barred(agency, person)
    if ties:
        sentence = _("You may not decide on %(agency)s: %(ties)s. Somebody else has to decide.") % {
            "agency": agency.legal_name,
            "ties": "; ".join(tie_in_words(tie) for tie in ties),
        }
        return Refusal("barred", sentence, "; ".join(_short(tie) for tie in ties))
    if agency.organisation.memberships.filter(user=person, active=True).exists():
        sentence = _("You may not decide on %(agency)s: you belong to it. Somebody else has to decide.") % {
            "agency": agency.legal_name
        }
        return Refusal("barred", sentence, _("Belongs to the agency"))
    return None


def _short(tie: Bar) -> str:
    return f"{tie.get_kind_display()}: {tie.source}"


def refusal_to_vote(decision: Decision, person: User) -> Refusal | None:
    """Why a person may not answer this question; None when they may."""
    if not may_decide(decision, person):
        return Refusal("not_permitted", _("Only a decider of the scheme votes on this."), _("No decider"))
    return _refusal_of_decider(decision, person)


def _refusal_of_decider(decision: Decision, person: User) -> Refusal | None:
    tied = refusal_by_ties(decision.agency, person)
    if tied:
        return tied
    if decision.four_eyes and decision.opened_by_id == person.pk:
        return Refusal(
            "four_eyes",
            _("You asked this question, so you may not answer it. Another decider has to."),
            _("Asked the question"),
        )
    if overturned_by_hand_of(decision, person):
        return Refusal(
            "retaken",
            _(
                "You took part in the decision that an appeal overturned, so you may not take it again. "
                "Another decider has to."
            ),
            _("Took part in the decision that was overturned"),
        )
    return None


def refusal_to_hear(appeal: Appeal, person: User) -> Refusal | None:
    """Why a person may not hear this appeal; None when they may."""
    if not may_decide(appeal, person):
        return Refusal("not_permitted", _("Only a decider of the scheme hears an appeal."), _("No decider"))
    return _refusal_of_hearer(appeal, person)


def _refusal_of_hearer(appeal: Appeal, person: User) -> Refusal | None:
    part = took_part(appeal.decision, person)
    if part is not None:
        words = {
            "decided": (_("you took the decision it contests"), _("Took the decision")),
            "voted": (_("you voted on the decision it contests"), _("Voted on the decision")),
            "opened": (_("you opened the decision it contests"), _("Opened the decision")),
        }[part]
        sentence = _("You may not hear this appeal: %(part)s. Other people have to hear it.") % {
            "part": words[0]
        }
        return Refusal("took_part", sentence, words[1])
    return refusal_by_ties(appeal.agency, person)


def hands_on_decision(decision: Decision) -> list[Hand]:
    """Every decider of the scheme, with why they may not answer this question."""
    voted = set(decision.votes.values_list("person_id", flat=True))
    return [_hand(one, _refusal_of_decider(decision, one), voted) for one in deciders()]


def hands_on_appeal(appeal: Appeal) -> list[Hand]:
    """Every decider of the scheme, with why they may not hear this appeal."""
    voted = set(appeal.votes.values_list("person_id", flat=True))
    return [_hand(one, _refusal_of_hearer(appeal, one), voted) for one in deciders()]


def _hand(person: User, refusal: Refusal | None, voted: set[UUID]) -> Hand:
    return Hand(person, refusal.short if refusal else "", person.pk in voted)
