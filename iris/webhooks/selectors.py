"""Endpoints and their logs: only one's own organisation's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from iris.accounts.models import Organisation, User
from iris.core import clocks
from iris.webhooks.models import Attempt, Delivery, Endpoint
from iris.webhooks.permissions import KINDS
from iris.webhooks.states import DeliveryStatus, EndpointState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

LATE = timedelta(minutes=15)


def endpoints_visible_to(user: User | AnonymousUser) -> QuerySet[Endpoint]:
    """The endpoints of the person's own organisation; nobody else sees them, the scheme's staff included."""
    rows = Endpoint.objects.select_related("organisation", "added_by").exclude(state=EndpointState.REMOVED)
    if not isinstance(user, User) or user.organisation is None or not user.is_kind(*KINDS):
        return rows.none()
    return rows.filter(organisation=user.organisation)


def with_last_message(user: User | AnonymousUser) -> QuerySet[Endpoint]:
    """The same, each with the moment its last message was written."""
    last = Delivery.objects.filter(endpoint=OuterRef("pk")).order_by("-created_at")
    return endpoints_visible_to(user).annotate(last_at=Subquery(last.values("created_at")[:1]))


def log_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Its messages, the newest first, each with what its last try came to."""
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-at", "-created_at")
    return endpoint.deliveries.annotate(
        last_code=Subquery(last.values("code")[:1]),
        last_error=Subquery(last.values("error")[:1]),
        last_at=Subquery(last.values("at")[:1]),
    ).order_by("-created_at")


def part_of_ready() -> str:
    """For /health/ready: empty when all is well. Messages that nobody tries: the worker of their queue is missing."""
    late = clocks.now() - LATE
    rows = Delivery.objects.filter(status=DeliveryStatus.WAITING, next_at__lt=late)
    return "webhooks.send" if rows.exists() else ""


def listens(organisation: Organisation) -> bool:
    """Whether a message of this organisation would go anywhere."""
    return Endpoint.objects.filter(organisation=organisation, state=EndpointState.ACTIVE).exists()


WatchProvider = Callable[[User], list[tuple[UUID, str]]]
_watches: list[WatchProvider] = []


def offer_watches(provider: WatchProvider) -> None:
    """A room above names the watches that this person may choose for an endpoint: id and words."""
    if provider not in _watches:
        _watches.append(provider)


def watches_of(user: User) -> list[tuple[UUID, str]]:
    """The watches of the person's own organisation, as rooms above name them."""
    return [one for provider in _watches for one in provider(user)]
