"""Which indicator of a newer edition goes on from which of an older one, and what happens to open drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Literal, cast

from ..models import Edition, Indicator
from ..rules.succession import same_words
from ..states import FROZEN_STATES, EditionState
from .editions import indicators_of

__all__ = [
    "edition_after",
    "edition_before",
    "indicator_successor",
    "last_day_to_send",
    "origins",
    "rule_for_open_cases",
    "same_words",
    "successors",
]

Origins = dict[str, tuple[str, ...]]


def rule_for_open_cases(edition: Edition) -> Literal["stay", "migrate"]:
    """What a new edition does to drafts on the one before: they stay until a day, or move on the first."""
    return cast("Literal['stay', 'migrate']", edition.open_cases)


def last_day_to_send(old: Edition, new: Edition) -> date | None:
    """The last day on which a draft on the older edition can be sent; None where the rule moved it already."""
    if rule_for_open_cases(new) == "migrate":
        return None
    return new.open_cases_until or old.valid_until


def edition_after(edition: Edition) -> Edition | None:
    """The newest edition in force that took the place of this one; None while it is itself in force."""
    if edition.state not in (EditionState.RETIRING, EditionState.RETIRED):
        return None
    newer = Edition.objects.filter(number__gt=edition.number, state=EditionState.ISSUED)
    return newer.order_by("-number").first()


def edition_before(edition: Edition) -> Edition | None:
    """The edition a text goes on from: the one its file names, or else the one with the next lower number."""
    older = Edition.objects.filter(number__lt=edition.number)
    if edition.previous_number:
        return older.filter(number=edition.previous_number).first()
    return older.filter(state__in=FROZEN_STATES).order_by("-number").first()


def origins(old: Edition, new: Edition) -> Origins:
    """For each indicator of the newer edition the codes of the older one it goes on from.

    What the files say counts, edition by edition where several lie between; without a word, the same code with the
    same text is the same indicator.
    """
    chain = _chain(old, new)
    step: Origins = {}
    for older, newer in pairwise(chain):
        texts = _texts(older)
        here = {row.code: _own_origins(row, texts) for row in indicators_of(newer)}
        if step:
            here = {
                code: tuple(old for mid in mids for old in step.get(mid, ())) for code, mids in here.items()
            }
        step = here
    return step


def _chain(old: Edition, new: Edition) -> list[Edition]:
    """From the older to the newer edition, by what each says it goes on from; straight where that leads nowhere."""
    chain = [new]
    while chain[-1].previous_number is not None and chain[-1].pk != old.pk:
        before = Edition.objects.filter(number=chain[-1].previous_number).first()
        if before is None:
            break
        chain.append(before)
    return list(reversed(chain)) if chain[-1].pk == old.pk else [old, new]


def _texts(edition: Edition) -> dict[str, str]:
    return {row.code: row.text for row in indicators_of(edition)}


def _own_origins(row: Indicator, texts: Mapping[str, str]) -> tuple[str, ...]:
    if row.replaces is not None:
        return tuple(code for code in row.replaces if code in texts)
    same = row.code in texts and same_words(texts[row.code], row.text)
    return (row.code,) if same else ()


def successors(old: Edition, new: Edition) -> dict[str, str]:
    """For each indicator of the older edition the first one of the newer that goes on from it, by code."""
    found: dict[str, str] = {}
    for code, olds in origins(old, new).items():
        for before in olds:
            found.setdefault(before, code)
    return found


def indicator_successor(indicator: Indicator, edition: Edition) -> Indicator | None:
    """The indicator of a newer edition that goes on from this one, or None where it fell away."""
    old = indicator.criterion.principle.edition
    if old.pk == edition.pk:
        return indicator
    code = successors(old, edition).get(indicator.code)
    return indicators_of(edition).filter(code=code).first() if code else None
