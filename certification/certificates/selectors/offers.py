"""What rooms above add to the pages of certificates without being known here."""

from __future__ import annotations

from collections.abc import Callable

from certification.certificates.models import AuditOrder
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
