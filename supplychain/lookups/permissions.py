"""Who may check agencies and keep receipts."""

from typing import Any

KINDS = ("employer", "government", "scheme", "caseworker")


def may_look_up(user: Any) -> bool:
    """People acting for an organisation that relies on agencies."""
    return bool(user.is_kind(*KINDS))
