"""What rooms above add to the pages of an audit without being known here: cards, and what is still missing.

A room above registers in its AppConfig.ready(). Nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from certification.applications.selectors import Panel
from iris.accounts.models import User

from ..models import Audit
from ..rules import offer_counted, offer_missing, offer_text_check

__all__ = [
    "Panel",
    "Place",
    "offer_counted",
    "offer_missing",
    "offer_panel",
    "offer_text_check",
    "panels_for",
]

# The pages of an audit that take cards: its own page, the plan, the desk review, the work on site.
Place = Literal["audit", "plan", "stage1", "stage2"]
PanelProvider = Callable[[Audit, User], Panel | None]

_panels: dict[tuple[Place, str], tuple[int, PanelProvider]] = {}


def offer_panel(place: Place, key: str, provider: PanelProvider, *, order: int = 50) -> None:
    """Add a card to one page of every audit; the provider returns None where it has nothing for this person."""
    _panels[place, key] = (order, provider)


def panels_for(place: Place, audit: Audit, user: User) -> list[Panel]:
    """The cards of one page for this person, in their order."""
    offered = sorted(
        (order, key, provider) for (where, key), (order, provider) in _panels.items() if where == place
    )
    found = [provider(audit, user) for _order, _key, provider in offered]
    return [panel for panel in found if panel is not None]
