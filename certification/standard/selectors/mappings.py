"""Mappings to other schemes, and what remains for an agency that was audited for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypedDict

from django.db.models import Count, Q, QuerySet
from django_stubs_ext import WithAnnotations

from ..models import Edition, Indicator, Mapping, OtherItem, OtherScheme
from ..rules.succession import same_words
from ..states import Relation
from .editions import indicators_of
from .succession import origins

STRENGTH = {Relation.RELATED: 1, Relation.PARTIAL: 2, Relation.FULL: 3}


class Counted(TypedDict):
    """What `schemes` adds to a scheme."""

    item_count: int
    row_count: int
    signed_count: int


def schemes() -> QuerySet[WithAnnotations[OtherScheme, Counted]]:
    """Every mapped scheme with its counts."""
    rows = Count("items__mappings", distinct=True)
    signed = Count("items__mappings", filter=Q(items__mappings__reviewed_at__isnull=False), distinct=True)
    return (
        OtherScheme.objects.select_related("edition")
        .annotate(item_count=Count("items", distinct=True), row_count=rows, signed_count=signed)
        .order_by("kind", "title")
    )


def left_to_sign(scheme: OtherScheme) -> bool:
    """Whether a row of this scheme still waits for a person to sign it."""
    return Mapping.objects.filter(item__scheme=scheme, reviewed_at=None).exists()


def items_of(scheme: OtherScheme) -> QuerySet[OtherItem]:
    """The items of a scheme in order, each with its mappings."""
    return scheme.items.prefetch_related("mappings__indicator__criterion", "mappings__reviewed_by")


@dataclass
class Covered:
    """One of our indicators and what of another scheme speaks for it."""

    indicator: Indicator
    rows: list[Mapping] = field(default_factory=list)
    reworded: bool = False

    @property
    def relation(self) -> Relation | None:
        """The strongest word on it; what was worded anew since the mapping was made is covered in part at most."""
        best = max((Relation(row.relation) for row in self.rows), key=STRENGTH.__getitem__, default=None)
        return Relation.PARTIAL if best == Relation.FULL and self.reworded else best

    @property
    def reviewed(self) -> bool:
        """Whether a person signed every row that the strongest word rests on."""
        best = max((STRENGTH[Relation(row.relation)] for row in self.rows), default=0)
        return bool(self.rows) and all(
            row.reviewed_at for row in self.rows if STRENGTH[Relation(row.relation)] == best
        )


@dataclass(frozen=True)
class GapList:
    """An edition for someone who was audited for another scheme: what that leaves to show."""

    scheme: OtherScheme
    edition: Edition
    covered: list[Covered]

    def of(self, *relations: Relation | None) -> list[Covered]:
        """The indicators with one of these words."""
        return [row for row in self.covered if row.relation in relations]

    @property
    def remaining(self) -> list[Covered]:
        """Nothing in the other scheme asks for it, as far as we know; what is only related counts here."""
        return self.of(None, Relation.RELATED)

    @property
    def partly(self) -> list[Covered]:
        """The other scheme asks for part of it."""
        return self.of(Relation.PARTIAL)

    @property
    def alike(self) -> list[Covered]:
        """The other scheme asks the same."""
        return self.of(Relation.FULL)

    @property
    def not_reviewed(self) -> int:
        """How many of the indicators that seem covered rest on rows nobody signed."""
        return sum(not row.reviewed for row in [*self.partly, *self.alike])


def gap_list(scheme: OtherScheme, edition: Edition) -> GapList:
    """What an audit for the other scheme leaves open; for a newer edition by way of its indicators' origins."""
    rows: dict[str, list[Mapping]] = {}
    found = Mapping.objects.filter(item__scheme=scheme).select_related("item", "indicator", "reviewed_by")
    for row in found:
        rows.setdefault(row.indicator.code, []).append(row)
    return GapList(scheme, edition, list(_covered(scheme.edition, edition, rows)))


def _covered(mapped: Edition, edition: Edition, rows: dict[str, list[Mapping]]) -> Iterator[Covered]:
    direct = mapped.pk == edition.pk
    texts = {} if direct else {row.code: row.text for row in indicators_of(mapped)}
    links = {} if direct else origins(mapped, edition)
    for row in indicators_of(edition):
        codes = (row.code,) if direct else links.get(row.code, ())
        reworded = any(not same_words(texts[code], row.text) for code in codes if code in texts)
        yield Covered(row, [found for code in codes for found in rows.get(code, [])], reworded)
