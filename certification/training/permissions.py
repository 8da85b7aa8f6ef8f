"""Who runs courses, who enrols people, who looks after the catalogue."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import Role

# Who enrols people of an organisation in a course.
ENROLS = (Role.SIGNATORY, Role.MANAGER, Role.SOURCING_MANAGER, Role.READER)


def looks_after_catalogue(thing: Any, user: Any) -> bool:
    """The scheme manager keeps the catalogue and approves providers."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.SCHEME_MANAGER)


def runs(course: Any, user: Any) -> bool:
    """A trainer of the provider that gives the course."""
    trains = bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.TRAINER)
    return bool(trains and user.organisation.pk == course.provider.organisation_id)


def may_stop(course: Any, user: Any) -> bool:
    """The provider or the scheme manager cancels a course."""
    return runs(course, user) or looks_after_catalogue(course, user)


def enrols(user: Any) -> bool:
    """Whoever speaks for an agency, an employer or a government body."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(*ENROLS)


def holds_seat(seat: Any, user: Any) -> bool:
    """The organisation that booked a seat, or the provider that gives the course."""
    own = enrols(user) and user.organisation.pk == seat.organisation_id
    return own or runs(seat.course, user)
