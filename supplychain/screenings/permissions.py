"""Who may screen lists."""

from typing import Any

KINDS = ("employer", "government", "scheme")
ONLY_READS = ("sourcing_viewer",)


def may_see(user: Any) -> bool:
    """People acting for an organisation that relies on agencies."""
    return bool(user.is_kind(*KINDS))


def may_screen(user: Any) -> bool:
    """Those of them who do more than read."""
    return may_see(user) and user.role not in ONLY_READS


def may_run(screening: Any, user: Any) -> bool:
    """Such people of the organisation whose screening it is."""
    organisation = getattr(user, "organisation", None)
    return organisation is not None and organisation.pk == screening.organisation_id and may_screen(user)
