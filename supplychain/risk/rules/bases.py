"""The base risk of a corridor and of a sector from dated facts, with the same mean as the score of a party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.core.errors import Text
from iris.core.places import Corridor, country_name, sector_name
from supplychain.risk.rules.facts import ANY, Fact, Facts
from supplychain.risk.rules.method import Gauge, Method
from supplychain.risk.rules.scoring import Answer, BaseRisk, rounded, weighted_mean
from supplychain.risk.rules.words import BASE_LEVELS, BASE_UNKNOWN, UNKNOWN_WORD
from supplychain.risk.states import CorridorInput, SectorInput

FACT_OF = {
    CorridorInput.FEES_ORIGIN: ("origin", "worker_fees"),
    CorridorInput.FEES_DESTINATION: ("destination", "worker_fees"),
    CorridorInput.C181_ORIGIN: ("origin", "c181"),
    CorridorInput.C181_DESTINATION: ("destination", "c181"),
    CorridorInput.P29_ORIGIN: ("origin", "p29"),
    CorridorInput.P29_DESTINATION: ("destination", "p29"),
    CorridorInput.PERMIT: ("destination", "permit"),
}


def corridor_base(facts: Facts, method: Method, origin: str, destination: str, on: date) -> BaseRisk:
    """The base risk of a corridor as it was known on a day."""
    place = {"origin": origin, "destination": destination}
    answers = []
    for code in CorridorInput:
        if code == CorridorInput.COST_MONTHS:
            fact = cost_fact(facts, origin, destination, on)
        else:
            side, name = FACT_OF[code]
            fact = facts.held((place[side],), name, on)
        answers.append(_answer(code, fact, method.corridor[code.value]))
    label = Corridor(origin, destination).text if origin and destination else ""
    return _base(method, method.corridor, answers, label, on)


def cost_fact(facts: Facts, origin: str, destination: str, on: date) -> Fact | None:
    """Evidence of this very corridor, else of the origin as a whole, else of the destination."""
    for subject in ((origin, destination), (origin, ANY), (ANY, destination)):
        fact = facts.held(subject, CorridorInput.COST_MONTHS, on)
        if fact is not None:
            return fact
    return None


def sector_base(facts: Facts, method: Method, sector: str, on: date) -> BaseRisk:
    """The base risk of a sector as it was known on a day."""
    answers = [
        _answer(code, facts.held((sector,), code.value, on), method.sector[code.value])
        for code in SectorInput
    ]
    return _base(method, method.sector, answers, sector_name(sector) if sector else "", on)


def _base(
    method: Method, gauges: Mapping[str, Gauge], answers: list[Answer], label: Text, on: date
) -> BaseRisk:
    mean = weighted_mean(gauges, answers, {code: gauge.weight for code, gauge in gauges.items()})
    points = rounded(mean.exact)
    newest = max((one.since for one in answers if one.since), default=None)
    version = f"method {method.version}, data {newest.isoformat()}" if newest else f"method {method.version}"
    return BaseRisk(points, method.band(points), list(mean.parts), version, label, on)


def _answer(code: CorridorInput | SectorInput, fact: Fact | None, gauge: Gauge) -> Answer:
    if fact is None:
        return Answer(code.value, code.label, value=UNKNOWN_WORD, reason=BASE_UNKNOWN[_kind(code)])
    if fact.number is not None:
        months = f"{fact.number.normalize():f}"
        value = ngettext("%(n)s month of pay", "%(n)s months of pay", 1 if fact.number == 1 else 2) % {
            "n": months
        }
        return _told(code, fact, value, _whose(fact), number=True)
    word, reason = BASE_LEVELS[(_kind(code), fact.value)]
    return _told(code, fact, word, reason)


def _told(
    code: CorridorInput | SectorInput, fact: Fact, value: Text, reason: Text, *, number: bool = False
) -> Answer:
    return Answer(
        code.value,
        code.label,
        level="" if number else fact.value,
        number=fact.number if number else None,
        value=value,
        reason=f"{reason} {fact.note}".strip() if fact.note else reason,
        source=fact.source,
        url=fact.url,
        since=fact.valid_from,
        verify=fact.verify,
    )


def _whose(fact: Fact) -> Text:
    origin, destination = fact.subject
    if destination == ANY:
        return _("Found for workers from %(country)s as a whole, not for this corridor alone.") % {
            "country": country_name(origin)
        }
    if origin == ANY:
        return _("Found for workers in %(country)s as a whole, not for this corridor alone.") % {
            "country": country_name(destination)
        }
    return _("Found for this corridor.")


def _kind(code: CorridorInput | SectorInput) -> str:
    return code.value.removesuffix("_origin").removesuffix("_destination")


def dates_of(facts: Facts, subjects: Iterable[tuple[str, ...]]) -> list[date]:
    """The days on which something we know of these subjects changed, oldest first."""
    wanted = set(subjects)
    return sorted({fact.valid_from for fact in facts.rows if fact.subject in wanted})
