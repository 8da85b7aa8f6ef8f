"""Where a criterion and its indicators are found in other editions, and whether they read the same there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Criterion, Edition, Indicator
from ..rules.succession import same_words
from .editions import CriterionPage, indicators_of
from .succession import origins


@dataclass(frozen=True)
class Twin:
    """An indicator of another edition that this one goes on from, or that goes on from it."""

    indicator: Indicator
    same: bool


@dataclass(frozen=True)
class Elsewhere:
    """One criterion as another edition has it."""

    edition: Edition
    criterion: Criterion | None
    same: bool
    twins: dict[str, list[Twin]]


def elsewhere(edition: Edition, page: CriterionPage, others: Iterable[Edition]) -> list[Elsewhere]:
    """The criterion of a page in each of the other editions."""
    return [_in(other, edition, page) for other in others if other.pk != edition.pk]


def _in(other: Edition, edition: Edition, page: CriterionPage) -> Elsewhere:
    theirs = list(indicators_of(other))
    by_code = {row.code: row for row in theirs}
    newer = other.number > edition.number
    links = origins(edition, other) if newer else origins(other, edition)
    twins = {}
    for row in page.indicators:
        codes = (
            [code for code, olds in links.items() if row.code in olds] if newer else links.get(row.code, ())
        )
        twins[row.code] = [
            Twin(by_code[code], _same(row, by_code[code])) for code in codes if code in by_code
        ]
    criterion = next((row.criterion for row in theirs if row.criterion.code == page.criterion.code), None)
    whole = criterion is not None and same_words(criterion.title, page.criterion.title)
    whole = whole and same_words(getattr(criterion, "text", ""), page.criterion.text)
    many = sum(row.criterion.code == page.criterion.code for row in theirs)
    same = whole and many == len(page.indicators) and all(_one_and_same(found) for found in twins.values())
    return Elsewhere(other, criterion, same, twins)


def _one_and_same(found: list[Twin]) -> bool:
    return len(found) == 1 and found[0].same


def _same(one: Indicator, other: Indicator) -> bool:
    return same_words(one.text, other.text) and same_words(one.question, other.question)
