"""Who may change a chain."""

from typing import Any


def may_change(user: Any) -> bool:
    """The employer's sourcing managers."""
    return bool(user.has_role("sourcing_manager"))
