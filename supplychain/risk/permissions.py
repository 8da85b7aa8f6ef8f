"""Who may read risk and who may choose weights."""

from typing import Any

KINDS = ("employer", "scheme", "government", "caseworker")


def may_weigh(user: Any) -> bool:
    """The employer's sourcing managers."""
    return bool(user.has_role("sourcing_manager"))
