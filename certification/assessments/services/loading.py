"""Bringing what is shipped into rows. What the scheme has changed or retired since is left as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from certification.assessments import shipped
from certification.assessments.models import CorridorCost, ExchangeRate, LabelTerm


@dataclass(frozen=True)
class Loaded:
    """How many rows came new."""

    words: int
    costs: int
    rates: int


@transaction.atomic
def load_tables() -> Loaded:
    """Load watched words, expected costs and rates that no row was ever made of. Safe to run on every start."""
    return Loaded(_load_words(), _load_costs(), _load_rates())


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def _load_words() -> int:
    there = set(LabelTerm.objects.values_list("lang", "term", "kind"))
    new = [
        LabelTerm(
            term=word.watched.term,
            lang=word.watched.lang,
            script=word.watched.script,
            kind=word.watched.kind,
            category=word.watched.category,
            why=word.watched.why,
            reviewed=word.watched.reviewed,
            source=word.source,
            valid_from=_morning(word.valid_from),
        )
        for word in shipped.words()
        if (word.watched.lang, word.watched.term, word.watched.kind) not in there
    ]
    return len(LabelTerm.objects.bulk_create(new))


def _load_costs() -> int:
    fields = ("origin", "destination", "sector", "category", "name")
    there = set(CorridorCost.objects.values_list(*fields))
    new = [
        CorridorCost(
            origin=cost.origin,
            destination=cost.destination,
            sector=cost.sector,
            category=cost.component.category,
            name=cost.component.name,
            currency=cost.component.low.currency,
            low_minor=cost.component.low.minor,
            typical_minor=cost.component.typical.minor,
            high_minor=cost.component.high.minor,
            source=cost.component.source,
            draft=cost.component.draft,
            valid_from=_morning(cost.valid_from),
        )
        for cost in shipped.costs()
        if (cost.origin, cost.destination, cost.sector, cost.component.category, cost.component.name)
        not in there
    ]
    return len(CorridorCost.objects.bulk_create(new))


def _load_rates() -> int:
    there = set(ExchangeRate.objects.values_list("currency", "rate_on"))
    new = [
        ExchangeRate(
            currency=rate.currency,
            per_usd=rate.per_usd,
            rate_on=rate.rate_on,
            source=rate.source,
            draft=rate.draft,
            valid_from=_morning(rate.rate_on),
        )
        for rate in shipped.rates()
        if (rate.currency, rate.rate_on) not in there
    ]
    return len(ExchangeRate.objects.bulk_create(new))
