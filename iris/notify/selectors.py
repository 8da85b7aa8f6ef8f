"""Questions about notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from iris.accounts.models import User
from iris.accounts.selectors import people_of, scheme_organisation
from iris.notify.models import Notice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def notices_visible_to(user: User | AnonymousUser) -> QuerySet[Notice]:
    """A person's own notices, the unread first, then the newest."""
    if not isinstance(user, User):
        return Notice.objects.none()
    return (
        Notice.objects.filter(user_id=user.pk)
        .annotate(is_read=Q(read_at__isnull=False))
        .order_by("is_read", "-created_at", "id")
    )


def unread_count(user: User) -> int:
    """How many notices a person has not read."""
    return Notice.objects.filter(user_id=user.pk, read_at__isnull=True).count()


def scheme_people(roles: Iterable[str]) -> list[User]:
    """People of the scheme with one of these roles."""
    scheme = scheme_organisation()
    return list(people_of(scheme, *roles)) if scheme else []
