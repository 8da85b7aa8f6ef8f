"""What rooms above tell this room without being known here: busy days, held audits, more reasons, cards.

A room above registers in its AppConfig.ready(). Nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from certification.applications.selectors import Panel

from .. import rules
from ..models import Auditor

if TYPE_CHECKING:
    from certification.applications.models import Application
    from iris.accounts.models import User

__all__ = ["Busy", "Panel"]


@dataclass(frozen=True)
class Busy:
    """Days of one auditor that are taken, by what, and the page that says so; `thing_id` is the audit."""

    auditor_id: UUID
    first: date
    last: date
    what: str
    thing_id: UUID | None = None
    url: str = ""


BusyProvider = Callable[[Collection[UUID], date, date], list[Busy]]
LedProvider = Callable[[UUID], list[rules.LedAudit]]
ReasonProvider = Callable[["Application"], dict[UUID, list[rules.Reason]]]
PanelProvider = Callable[[Auditor, "User"], Panel | None]

_busy: dict[str, BusyProvider] = {}
_led: dict[str, LedProvider] = {}
_reasons: dict[str, ReasonProvider] = {}
_panels: dict[str, tuple[int, PanelProvider]] = {}


def offer_busy(key: str, provider: BusyProvider) -> None:
    """Say on which days auditors are taken: provider(auditor ids, first, last)."""
    _busy[key] = provider


def offer_led(key: str, provider: LedProvider) -> None:
    """Say who led the held audits of an agency: provider(agency id)."""
    _led[key] = provider


def offer_reasons(key: str, provider: ReasonProvider) -> None:
    """Add reasons against auditors on an application: provider(application) by auditor."""
    _reasons[key] = provider


def offer_panel(key: str, provider: PanelProvider, *, order: int = 50) -> None:
    """Add a card to the page of every auditor: provider(auditor, user), None where there is nothing to show."""
    _panels[key] = (order, provider)


def busy_above(auditors: Collection[UUID], first: date, last: date) -> list[Busy]:
    """Days that rooms above know of."""
    return [row for provider in _busy.values() for row in provider(auditors, first, last)]


def led_audits(agency_id: UUID) -> list[rules.LedAudit]:
    """Held audits of an agency with who led them."""
    return [row for provider in _led.values() for row in provider(agency_id)]


def reasons_above(application: Application) -> dict[UUID, list[rules.Reason]]:
    """Reasons that rooms above know of, by auditor."""
    found: dict[UUID, list[rules.Reason]] = {}
    for provider in _reasons.values():
        for auditor_id, reasons in provider(application).items():
            found.setdefault(auditor_id, []).extend(reasons)
    return found


def panels_of(auditor: Auditor, user: User) -> list[Panel]:
    """The cards of an auditor's page for this person, in their order."""
    offered = sorted((order, key, provider) for key, (order, provider) in _panels.items())
    found = [provider(auditor, user) for _order, _key, provider in offered]
    return [panel for panel in found if panel is not None]
