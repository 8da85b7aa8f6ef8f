"""The order of a list, and where a page of it begins: behind the row of one value and one id.

A list has one order whatever many of its rows share: a column, then the id. So pages neither repeat nor skip a row
that stays, and what is added meanwhile lands where it belongs. Where a column is empty the row is more than any other,
as PostgreSQL sorts it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
FIRST = "created_at"
_signer = Signer(salt="iris.core.drf.cursors", sep=".")


class UnknownCursor(Exception):
    """Not a cursor that a list gave."""


@dataclass(frozen=True)
class Mark:
    """The row behind which a page begins; `turned` reads from there towards the beginning of the list."""

    order: str
    turned: bool
    value: str | None
    key: UUID

    @property
    def text(self) -> str:
        """The cursor in an address."""
        told = json.dumps([self.order, self.turned, self.value, str(self.key)], separators=(",", ":"))
        return _signer.sign(urlsafe_b64encode(told.encode()).decode().rstrip("="))


def opened(cursor: str) -> Mark:
    """The mark in a cursor. Raises UnknownCursor."""
    try:
        text = _signer.unsign(cursor)
        order, turned, value, key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (BadSignature, ValueError, TypeError) as error:
        raise UnknownCursor from error
    return Mark(order, turned, value, UUID(key))


@dataclass(frozen=True)
class Order:
    """By one column of the rows, upwards or down; rows that say the same by their id."""

    column: str = FIRST
    down: bool = False

    @property
    def text(self) -> str:
        """As it is asked for."""
        return f"-{self.column}" if self.down else self.column

    def mark(self, row: Model, *, turned: bool) -> Mark:
        """The place of a row."""
        held = getattr(row, self.column)
        value = None if held is None else row._meta.get_field(self.column).value_to_string(row)  # type: ignore[union-attr] # a column of its own
        return Mark(self.text, turned, value, row.pk)

    def page(self, rows: "QuerySet[M]", mark: Mark | None, most: int) -> "QuerySet[M]":
        """The rows behind a mark, the nearest first. Raises UnknownCursor for a mark of another order."""
        down = self.down
        if mark is not None:
            if mark.order != self.text:
                raise UnknownCursor
            down = self.down != mark.turned
            rows = rows.filter(self._behind(rows.model, mark, down))
        sign = "-" if down else ""
        return rows.order_by(f"{sign}{self.column}", f"{sign}pk")[:most]

    def _behind(self, model: type[Model], mark: Mark, down: bool) -> Q:
        field: Any = model._meta.get_field(self.column)
        side = "lt" if down else "gt"
        further = Q(**{f"pk__{side}": mark.key})
        empty = Q(**{f"{self.column}__isnull": True})
        if mark.value is None:
            return (empty & further) | ~empty if down else empty & further
        try:
            value = field.to_python(mark.value)
        except ValidationError as error:
            raise UnknownCursor from error
        past = Q(**{f"{self.column}__{side}": value}) | further
        found = Q(**{f"{self.column}__{side}e": value}) & past
        return found | empty if field.null and not down else found
