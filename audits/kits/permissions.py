"""Who may do what with a kit: the team of its audit. Each takes the kit and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iris.accounts.models import User

    from .models import Kit


def may_hold(kit: Kit, user: User) -> bool:
    """Members of the team who declared no conflict: a tablet may be handed on."""
    return kit.audit.is_worked_by(user)
