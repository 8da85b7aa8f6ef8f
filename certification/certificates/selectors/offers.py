"""What rooms above add to the pages of certificates without being known here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from certification.certificates.models import AuditOrder, Certificate
from iris.accounts.models import User

# The words and the address of a link beside an order, or nothing for this person.
OrderLink = Callable[[AuditOrder, User], tuple[str, str] | None]
_links: dict[str, OrderLink] = {}


def offer_order_link(key: str, provider: OrderLink) -> None:
    """A room above says in AppConfig.ready() where an order of an audit is carried out."""
    _links[key] = provider


def order_links(order: AuditOrder, user: User) -> list[tuple[str, str]]:
    """The links beside an order for this person."""
    found = [provider(order, user) for provider in _links.values()]
    return [link for link in found if link is not None]


# A card on the page of a certificate: the name of its template and what it shows, or nothing for this person.
CardProvider = Callable[[Certificate, User], dict[str, Any] | None]
_cards: dict[str, CardProvider] = {}


def offer_card(key: str, provider: CardProvider) -> None:
    """A room above says in AppConfig.ready() what it adds to the page of a certificate."""
    _cards[key] = provider


def cards_of(certificate: Certificate, user: User) -> list[dict[str, Any]]:
    """The cards that rooms above add."""
    found = [provider(certificate, user) for provider in _cards.values()]
    return [card for card in found if card is not None]
