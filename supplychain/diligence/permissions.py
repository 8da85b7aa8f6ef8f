"""Who decides, who approves, who keeps the inbox, who invites a nominated agency."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import OrganisationKind, Role

KINDS = ("employer",)
INVITES = (Role.SCHEME_MANAGER, Role.SCREENER)


def _employer(user: Any) -> bool:
    known = bool(getattr(user, "is_authenticated", False)) and getattr(user, "organisation", None) is not None
    return bool(known and user.is_kind(OrganisationKind.EMPLOYER))


def may_work(user: Any) -> bool:
    """The employer's sourcing managers."""
    return bool(_employer(user) and user.has_role(Role.SOURCING_MANAGER))


def works_on(thing: Any, user: Any) -> bool:
    """A sourcing manager of the organisation whose thing it is."""
    return may_work(user) and bool(user.organisation.pk == thing.organisation_id)


def takes_effect(decision: Any, user: Any) -> bool:
    """The one who proposed it, where no second person is asked for."""
    return works_on(decision, user) and not decision.needs_approval


def approves(decision: Any, user: Any) -> bool:
    """A second person of the employer; the named one where one was named."""
    named = decision.approver_id in (None, getattr(user, "id", None))
    return works_on(decision, user) and named and bool(user.id != decision.proposed_by_id)


def takes_back(decision: Any, user: Any) -> bool:
    """Whoever proposed it."""
    return works_on(decision, user) and bool(user.id == decision.proposed_by_id)


def meets(condition: Any, user: Any) -> bool:
    """A sourcing manager of the employer."""
    return works_on(condition.decision, user)


def waives(condition: Any, user: Any) -> bool:
    """A sourcing manager who did not propose the decision."""
    return meets(condition, user) and bool(user.id != condition.decision.proposed_by_id)


def invites(nominee: Any, user: Any) -> bool:
    """The scheme's manager or a screener."""
    return bool(getattr(user, "is_authenticated", False) and user.has_role(*INVITES))
