"""Rows of the scheme's own tables that are never rewritten: they hold from a moment until they are retired."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q

from iris.core import clocks
from iris.core.models import Record

if TYPE_CHECKING:
    from django.db.models import QuerySet

D = TypeVar("D", bound="Dated")


class Dated(Record):
    """A row that holds from `valid_from` until it is retired with a reason; a trigger refuses any other change."""

    valid_from = models.DateTimeField(default=clocks.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.TextField(blank=True)
    retired_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


def retired_with_reason(name: str) -> models.CheckConstraint:
    """A retired row says why, a row in force says nothing of it."""
    return models.CheckConstraint(
        condition=Q(retired_at=None, retired_reason="")
        | (Q(retired_at__isnull=False) & ~Q(retired_reason="")),
        name=name,
    )


def in_force(model: type[D], at: datetime | None = None) -> QuerySet[D]:
    """The rows of a table that held at a moment, now by default."""
    moment = at or clocks.now()
    rows: QuerySet[D] = model._default_manager.filter(valid_from__lte=moment)
    return rows.filter(Q(retired_at=None) | Q(retired_at__gt=moment))
