"""Who may change a chain."""

from typing import Any


def may_change(user: Any) -> bool:
    """The employer's sourcing managers."""
    return bool(getattr(user, "has_role", None) and user.has_role("sourcing_manager"))


def _own(thing: Any, user: Any) -> bool:
    organisation = getattr(user, "organisation", None)
    return organisation is not None and organisation.pk == thing.organisation_id and may_change(user)


def may_import(thing: Any, user: Any) -> bool:
    """A sheet is brought in by a sourcing manager of the employer whose chain it is."""
    return _own(thing, user)


def may_look_through(invitation: Any, user: Any) -> bool:
    """What a supplier sent is looked through by a sourcing manager of the employer who asked."""
    return _own(invitation, user)


def may_answer(invitation: Any, actor: Any) -> bool:
    """Whoever holds the link that was sent, while it works: the services hand in the invitation itself as the actor."""
    return bool(invitation.is_open and actor.label == invitation.label)
