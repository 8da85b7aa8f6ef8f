"""Who looks after audit firms and auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iris.accounts.models import User


def may_manage_bodies(user: User) -> bool:
    """The scheme's managers approve firms and auditors."""
    return user.is_kind("scheme") and user.has_role("scheme_manager")


def may_read_bodies(user: User) -> bool:
    """Everyone of the scheme may look."""
    return user.is_kind("scheme")
