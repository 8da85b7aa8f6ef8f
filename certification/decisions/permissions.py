"""Who may take a decision at all; whether they may on this agency is a matter of bars (services, database)."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import Role


def may_decide(thing: Any, user: Any) -> bool:
    """Only deciders of the scheme decide; a scheme manager who is no decider does not."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.DECIDER)


def may_bar(user: Any, person: Any) -> bool:
    """Scheme managers record ties of anybody; a decider records their own, so as to stand aside."""
    if user.has_role(Role.SCHEME_MANAGER):
        return True
    return bool(user.has_role(Role.DECIDER) and user.pk == person.pk)


def speaks_for_agency(thing: Any, user: Any) -> bool:
    """The authorised signatory of the agency a decision or an appeal is about."""
    signs = bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.SIGNATORY)
    return bool(signs and user.organisation.pk == thing.agency.organisation_id)


def may_acknowledge(appeal: Any, user: Any) -> bool:
    """The scheme's office opens the hearing; it does not vote."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(
        Role.SCHEME_MANAGER, Role.SCREENER
    )


def may_answer_for_office(decision: Any, user: Any) -> bool:
    """The scheme's office answers what is its own to answer: whether an application is taken on."""
    return may_acknowledge(decision, user)
