"""Who answers disputes and notices, who takes them back, who may file."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import OrganisationKind, Role

ANSWERING = (Role.SCHEME_MANAGER, Role.SCREENER)
SPEAKING = (Role.SIGNATORY, Role.MANAGER)


def by_answering(thing: Any, user: Any) -> bool:
    """The scheme's people who look after the register."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(*ANSWERING)


def by_sender(thing: Any, user: Any) -> bool:
    """Whoever sent it: a person for themselves, else a colleague who may speak for the organisation that did."""
    if not getattr(user, "is_authenticated", False):
        return False
    if thing.organisation_id is None:
        return bool(thing.sender_id is not None and thing.sender_id == user.pk)
    mine = user.organisation
    ours = mine is not None and mine.pk == thing.organisation_id
    return bool(ours and (not user.is_kind(OrganisationKind.AGENCY) or user.has_role(*SPEAKING)))


def by_authority(thing: Any, user: Any) -> bool:
    """People of the authority that filed it."""
    if not getattr(user, "is_authenticated", False) or not user.is_kind(OrganisationKind.GOVERNMENT):
        return False
    return user.organisation is not None and bool(thing.authority_id == user.organisation.pk)


def may_file(user: Any) -> bool:
    """Whoever acts for a government body that the scheme admitted."""
    return bool(getattr(user, "is_authenticated", False)) and user.is_kind(OrganisationKind.GOVERNMENT)
