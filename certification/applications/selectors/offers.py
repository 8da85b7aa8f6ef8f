"""What rooms above add to a case without being known here: panels, whose move it is, how far an audit has come.

A room above registers in its AppConfig.ready(). Nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet

from certification.agencies import selectors as agencies
from certification.applications.models import Application
from certification.applications.rules import Running, offer_running, running_of, window_opens_on
from iris.accounts.models import User
from iris.core.moves import Move

__all__ = [
    "Panel",
    "Progress",
    "Running",
    "move_offered",
    "offer_move",
    "offer_panel",
    "offer_progress",
    "offer_running",
    "offer_taken",
    "panels_for",
    "progress_of",
    "running_of",
    "window_opens_on",
    "without_taken",
]

Place = Literal["main", "aside"]


@dataclass(frozen=True)
class Panel:
    """A card on the case page: its template, and what the template shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Progress:
    """How far the audit of a case has come; the certificate's date when there is one."""

    stage1_on: date | None = None
    stage2_on: date | None = None
    findings_closed_on: date | None = None
    certificate_on: date | None = None


# The ids of applications that a room above already sees to, as a query.
TakenProvider = Callable[[], "QuerySet[Any, Any]"]
PanelProvider = Callable[[Application, User], Panel | None]
MoveProvider = Callable[[Application, User], Move | None]
ProgressProvider = Callable[[Application], Progress | None]

_panels: dict[str, tuple[int, Place, PanelProvider]] = {}
_moves: dict[str, MoveProvider] = {}
_progress: dict[str, ProgressProvider] = {}
_taken: dict[str, TakenProvider] = {}


def offer_panel(key: str, provider: PanelProvider, *, order: int = 50, place: Place = "main") -> None:
    """Add a panel to every case page; the provider returns None where it has nothing for this person."""
    _panels[key] = (order, place, provider)


def likeness_panel(application: Application, user: User) -> Panel | None:
    """Whom the agency of a case resembles: the room of agencies says so, to the scheme alone."""
    found = agencies.likeness_panel(application.agency, user)
    return Panel(found.template, found.context) if found else None


def offer_move(state: str, provider: MoveProvider) -> None:
    """Say whose move it is while an application is in a state that a room above looks after."""
    _moves[str(state)] = provider


def offer_progress(key: str, provider: ProgressProvider) -> None:
    """Say how far a case has come in a room above."""
    _progress[key] = provider


def offer_taken(key: str, provider: TakenProvider) -> None:
    """Say which accepted applications no longer wait: an audit of them is offered to a firm."""
    _taken[key] = provider


def without_taken(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Leave out what rooms above already see to."""
    for provider in _taken.values():
        applications = applications.exclude(pk__in=provider())
    return applications


def panels_for(application: Application, user: User, place: Place) -> list[Panel]:
    """The panels of rooms above, in their order."""
    found = (
        provider(application, user)
        for _o, at, provider in sorted(_panels.values(), key=_order)
        if at == place
    )
    return [panel for panel in found if panel is not None]


def move_offered(application: Application, user: User) -> Move | None:
    """What a room above says about whose move it is."""
    provider = _moves.get(str(application.state))
    return provider(application, user) if provider else None


def progress_of(application: Application) -> Progress:
    """What rooms above say about how far the case is, put together."""
    parts = [found for provider in _progress.values() if (found := provider(application)) is not None]

    def first(name: str) -> date | None:
        return next((getattr(part, name) for part in parts if getattr(part, name)), None)

    return Progress(
        stage1_on=first("stage1_on"),
        stage2_on=first("stage2_on"),
        findings_closed_on=first("findings_closed_on"),
        certificate_on=first("certificate_on"),
    )


def _order(entry: tuple[int, Place, PanelProvider]) -> int:
    return entry[0]
