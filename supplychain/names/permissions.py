"""Who may say which agency a name means."""

from typing import Any

KINDS = ("employer", "government", "scheme", "caseworker")


def may_decide(user: Any) -> bool:
    """People acting for an organisation that relies on agencies."""
    return bool(user.is_kind(*KINDS))
