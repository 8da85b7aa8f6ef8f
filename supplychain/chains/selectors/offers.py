"""What rooms above add to a party without being known here: acts beside it, and panels on its page.

A room above registers in its AppConfig.ready(). Nothing here imports it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django_stubs_ext import StrOrPromise

from iris.accounts.models import User
from supplychain.chains.selectors.chain import ChainParty


@dataclass(frozen=True)
class PartyAct:
    """One thing to do about a party: a link, or with `post` a form that sends `fields` there."""

    label: StrOrPromise
    url: str
    icon: str = ""
    post: bool = False
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PartyPanel:
    """A card on the party's page: its template, and what the template shows (as `panel`, beside `party`)."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


ActProvider = Callable[[ChainParty, User], PartyAct | None]
PanelProvider = Callable[[ChainParty, User], PartyPanel | None]

_acts: dict[str, tuple[int, ActProvider]] = {}
_panels: dict[str, tuple[int, PanelProvider]] = {}


def offer_act(key: str, provider: ActProvider, *, order: int = 50) -> None:
    """Add an act beside every party; the provider returns None where there is nothing to do. A name kept secret has no
    `agency_id`: nothing may be done that would tell it."""
    _acts[key] = (order, provider)


def offer_panel(key: str, provider: PanelProvider, *, order: int = 50) -> None:
    """Add a card to every party's page; the provider returns None where it has nothing for this person."""
    _panels[key] = (order, provider)


OWN = "chains."


def acts_for(party: ChainParty, user: User) -> list[PartyAct]:
    """What rooms above offer to do about this party."""
    return _offered(party, user, own=False)


def own_acts_for(party: ChainParty, user: User) -> list[PartyAct]:
    """What this room offers to keep the party true: change it, match it, ask it, end it."""
    return _offered(party, user, own=True)


def _offered(party: ChainParty, user: User, *, own: bool) -> list[PartyAct]:
    ordered = sorted(_acts.items(), key=lambda entry: (entry[1][0], entry[0]))
    chosen = [provider for key, (_order, provider) in ordered if key.startswith(OWN) is own]
    return [act for provider in chosen if (act := provider(party, user)) is not None]


def panels_for(party: ChainParty, user: User) -> list[PartyPanel]:
    """The cards of rooms above."""
    ordered = sorted(_panels.items(), key=lambda entry: (entry[1][0], entry[0]))
    return [panel for _key, (_order, provider) in ordered if (panel := provider(party, user)) is not None]
