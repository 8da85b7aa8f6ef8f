"""What rooms above add to an agency without being known here: panels on its page, its standing, acts on a change.

A room above registers in its AppConfig.ready(). Nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django_stubs_ext import StrOrPromise

from certification.agencies import permissions
from certification.agencies.models import Agency, ChangeReport
from certification.agencies.states import ChangeState
from iris.accounts.models import User

Place = Literal["main", "aside"]


@dataclass(frozen=True)
class Panel:
    """A card on the agency's page: its template, and what the template shows (as `panel`, beside `agency`)."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownStanding:
    """What a room above says an agency is today.

    `certified`: a certificate is held, so changes are to be reported. `weighs`: withdrawn, suspended, refused: what a
    new name may hide.
    """

    code: str
    label: StrOrPromise
    tone: str = "past"
    since: date | None = None
    certified: bool = False
    weighs: bool = False


@dataclass(frozen=True)
class ChangeAct:
    """What a room above can do about a reported change, such as ordering a special audit.

    `carry_out(report, actor, reason)` runs in the transaction that moves the report, and returns how its order is
    called (a number), or nothing.
    """

    name: str
    label: StrOrPromise
    text: StrOrPromise
    carry_out: Callable[[ChangeReport, User, str], str]


UNKNOWN = KnownStanding(code="", label="")

PanelProvider = Callable[[Agency, User], Panel | None]
StandingProvider = Callable[[Iterable[Agency]], dict[UUID, KnownStanding]]

ChangeActProvider = Callable[[ChangeReport, User], Iterable[ChangeAct]]

_panels: dict[str, tuple[int, Place, PanelProvider]] = {}
_standing: list[StandingProvider] = []
_change_acts: list[ChangeActProvider] = []


def offer_panel(key: str, provider: PanelProvider, *, order: int = 50, place: Place = "main") -> None:
    """Add a panel to every agency's page; the provider returns None where it has nothing for this person."""
    _panels[key] = (order, place, provider)


def panels_for(agency: Agency, user: User, place: Place) -> list[Panel]:
    """The panels of rooms above, in their order."""
    ordered = sorted(_panels.items(), key=lambda entry: (entry[1][0], entry[0]))
    found = (provider(agency, user) for _key, (_order, at, provider) in ordered if at == place)
    return [panel for panel in found if panel is not None]


def offer_standing(provider: StandingProvider) -> None:
    """Say what agencies are today, in a bounded number of queries. The last one offered speaks."""
    _standing[:] = [provider]


def known_standings(agencies: Iterable[Agency]) -> dict[UUID, KnownStanding]:
    """What rooms above say these agencies are; empty where no room says so."""
    rows = list(agencies)
    found = _standing[0](rows) if _standing and rows else {}
    return {row.pk: found.get(row.pk, UNKNOWN) for row in rows}


def known_standing(agency: Agency) -> KnownStanding:
    """What rooms above say one agency is."""
    return known_standings([agency])[agency.pk]


def offer_change_acts(provider: ChangeActProvider) -> None:
    """Add acts to the page of a reported change. Offered to the scheme while the report may still lead to one."""
    if provider not in _change_acts:
        _change_acts.append(provider)


def change_acts(report: ChangeReport, user: User) -> list[ChangeAct]:
    """What rooms above can do about a reported change, for this person."""
    if not permissions.may_answer_change(report, user) or report.state not in (
        ChangeState.REPORTED,
        ChangeState.NOTED,
    ):
        return []
    return [act for provider in _change_acts for act in provider(report, user)]
