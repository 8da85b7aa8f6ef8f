"""Who may change the key ring."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import Role


def may_rotate(user: Any) -> bool:
    """A scheme manager. One person suffices: a rotation takes nothing away, and what was signed stays verifiable."""
    return bool(getattr(user, "is_authenticated", False)) and bool(user.has_role(Role.SCHEME_MANAGER))
