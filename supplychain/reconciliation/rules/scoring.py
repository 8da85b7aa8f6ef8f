"""How a candidate's score of 0 to 100 is made, and of what. Pure.

90 and more is only for a number that the register has, or a choice that the organisation made before. A name alone
stays below 90, however alike it is. Scores order candidates; whether one is a match is another question (`match`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from supplychain.lookups.states import IDENTIFIED, How

NAME_BAND = 89.0
NUMBER_ALONE = 96.0
OTHER_COUNTRY, OTHER_CORRIDOR, OTHER_NUMBER = 5.0, 3.0, 10.0


@dataclass(frozen=True)
class Evidence:
    """What speaks for a candidate: how it came about, how alike the name is, and whether each property agrees.

    A property that was not asked is None. `name` is None where the text was the number itself.
    """

    how: How
    name: float | None = None
    number: bool | None = None
    country: bool | None = None
    corridor: bool | None = None
    ignored: int = 0


def score_of(one: Evidence) -> float:
    """The score, with two decimals."""
    name = one.name if one.name is not None else 0.0
    if one.how in IDENTIFIED:
        value = NUMBER_ALONE if one.name is None else 90 + 10 * name
    elif one.how in (How.REMEMBERED, How.CHOSEN):
        value = 90 + 10 * name
    elif one.how == How.CONTACT:
        value = 60 + 25 * name
    else:
        value = NAME_BAND * name
    value -= OTHER_COUNTRY if one.country is False else 0
    value -= OTHER_CORRIDOR if one.corridor is False else 0
    value -= OTHER_NUMBER if one.number is False else 0
    return round(max(0.0, min(100.0, value)), 2)


def features_of(one: Evidence) -> dict[str, bool | float]:
    """What the score is made of, by the ids that the service's page explains."""
    told: dict[str, bool | float | None] = {
        "name": None if one.name is None else round(one.name, 4),
        "same_name": one.how == How.SAME_NAME,
        "remembered": one.how in (How.REMEMBERED, How.CHOSEN),
        "number": one.number,
        "country": one.country,
        "corridor": one.corridor,
        "ignored": float(one.ignored) if one.ignored else None,
    }
    return {key: value for key, value in told.items() if value is not None}


Item = TypeVar("Item")


def ranked(rows: Sequence[tuple[float, Item]], *, first_stays: bool) -> list[tuple[float, Item]]:
    """Best first. Where the first was found and not only proposed it stays first: no other comes near it."""
    if not rows:
        return []
    if not first_stays:
        return sorted(rows, key=lambda row: -row[0])
    top = rows[0][0]
    rest = [(min(value, round(max(0.0, top - 1), 2)), item) for value, item in rows[1:]]
    return [rows[0], *sorted(rest, key=lambda row: -row[0])]
