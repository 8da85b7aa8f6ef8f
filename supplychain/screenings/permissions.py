"""Who may screen lists."""

from typing import Any

KINDS = ("employer", "government", "scheme")


def may_screen(user: Any) -> bool:
    """People acting for an organisation that relies on agencies."""
    return bool(user.is_kind(*KINDS))


def may_run(screening: Any, user: Any) -> bool:
    """People of the organisation whose screening it is."""
    organisation = getattr(user, "organisation", None)
    return organisation is not None and organisation.pk == screening.organisation_id and may_screen(user)
