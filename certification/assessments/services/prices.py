"""Keeping expected costs of corridors and exchange rates. A figure is never rewritten: it is replaced, dated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments.models import CorridorCost, ExchangeRate
from certification.assessments.permissions import may_keep_tables
from certification.assessments.services.dated import check_reason, retire
from certification.assessments.states import Category
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, DomainError, NotPermitted
from iris.core.money import Money, is_currency
from iris.core.places import SECTORS, check_corridor

MOST_DIGITS = 10


@dataclass(frozen=True)
class CostEntry:
    """What a person of the scheme wrote about one component; amounts as typed."""

    origin: str
    destination: str
    category: str
    name: str
    currency: str
    low: str
    typical: str
    high: str
    source: str
    sector: str = ""
    draft: bool = False


@dataclass(frozen=True)
class RateEntry:
    """What a person of the scheme wrote about a rate: units of the currency for one US dollar, as typed."""

    currency: str
    per_usd: str
    rate_on: dt.date | None
    source: str
    draft: bool = False


@transaction.atomic
def add_cost(*, actor: User, entry: CostEntry) -> CorridorCost:
    """Add a component to a corridor, from now on. Raises BadInput by field, NotPermitted."""
    _may(actor)
    made = _make(actor, entry)
    events.record(
        made, act="cost_added", actor=actor, data={"name": made.name, "corridor": made.corridor.text}
    )
    return made


@transaction.atomic
def replace_cost(*, cost_id: UUID, actor: User, entry: CostEntry, reason: str) -> CorridorCost:
    """Put new figures in the place of a component's, from now on; checks of before keep the figures of before."""
    _may(actor)
    check_reason(reason)
    old = retire(CorridorCost, cost_id, actor, reason)
    made = _make(actor, entry)
    events.record(made, act="cost_replaced", actor=actor, reason=reason, data={"instead_of": str(old.pk)})
    return made


@transaction.atomic
def retire_cost(*, cost_id: UUID, actor: User, reason: str) -> CorridorCost:
    """Take a component out of the expected costs."""
    _may(actor)
    check_reason(reason)
    old = retire(CorridorCost, cost_id, actor, reason)
    events.record(old, act="cost_retired", actor=actor, reason=reason, data={"name": old.name})
    return old


@transaction.atomic
def add_rate(*, actor: User, entry: RateEntry) -> ExchangeRate:
    """Add an exchange rate with its day and source. A second one of a day takes the place of the first."""
    _may(actor)
    value, wrong = _read_rate(entry)
    if wrong or value is None or entry.rate_on is None:
        raise BadInput(fields=wrong)
    same_day = ExchangeRate.objects.filter(currency=entry.currency, rate_on=entry.rate_on, retired_at=None)
    for old in same_day:
        retire(ExchangeRate, old.pk, actor, _("Corrected."))
    made = ExchangeRate.objects.create(
        currency=entry.currency,
        per_usd=value,
        rate_on=entry.rate_on,
        source=entry.source.strip(),
        draft=entry.draft,
        added_by=actor,
    )
    events.record(made, act="rate_added", actor=actor, data={"currency": made.currency, "rate": str(value)})
    return made


def _may(actor: User) -> None:
    if not may_keep_tables(actor):
        raise NotPermitted(_("Only the scheme’s manager changes expected costs and rates."))


def _make(actor: User, entry: CostEntry) -> CorridorCost:
    amounts, wrong = _read_amounts(entry)
    wrong |= _wrong(entry)
    name = " ".join(entry.name.split())
    key = {"origin": entry.origin, "destination": entry.destination, "sector": entry.sector}
    there = CorridorCost.objects.filter(**key, category=entry.category, name__iexact=name, retired_at=None)
    if not wrong and there.exists():
        wrong["name"] = [_("This component is there already. Replace its figures instead.")]
    if wrong:
        raise BadInput(fields=wrong)
    return CorridorCost.objects.create(
        **key,
        category=entry.category,
        name=name,
        currency=entry.currency,
        low_minor=amounts["low"].minor,
        typical_minor=amounts["typical"].minor,
        high_minor=amounts["high"].minor,
        source=entry.source.strip(),
        draft=entry.draft,
        added_by=actor,
    )


def _read_amounts(entry: CostEntry) -> tuple[dict[str, Money], dict[str, list[str]]]:
    amounts: dict[str, Money] = {}
    wrong: dict[str, list[str]] = {}
    if not is_currency(entry.currency):
        return amounts, {"currency": [_("Choose a currency.")]}
    for name in ("low", "typical", "high"):
        try:
            amounts[name] = Money.parse(getattr(entry, name), entry.currency)
        except DomainError as error:
            wrong[name] = [str(error.message)]
    if not wrong and not amounts["low"].minor <= amounts["typical"].minor <= amounts["high"].minor:
        wrong["typical"] = [_("Low, typical and high must not fall: write the least first.")]
    return amounts, wrong


def _wrong(entry: CostEntry) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if entry.category not in Category.values or entry.category == Category.X:
        wrong["category"] = [
            _("Choose the kind of cost. Charges that are never allowed have no expected cost.")
        ]
    if not entry.name.strip() or len(entry.name) > 200:
        wrong["name"] = [_("Name the component in a few words.")]
    if not entry.source.strip() or len(entry.source) > 300:
        wrong["source"] = [_("Say where the figures come from. If they are your own proposal, say so.")]
    if entry.sector and entry.sector not in SECTORS:
        wrong["sector"] = [_("Choose one of the sectors shown, or none.")]
    try:
        check_corridor(entry.origin, entry.destination)
    except DomainError as error:
        wrong |= {name: [str(text) for text in texts] for name, texts in error.fields.items()}
    return wrong


def _read_rate(entry: RateEntry) -> tuple[Decimal | None, dict[str, list[str]]]:
    wrong: dict[str, list[str]] = {}
    value: Decimal | None = None
    if not is_currency(entry.currency) or entry.currency == "USD":
        wrong["currency"] = [_("Choose a currency other than the US dollar, in which all rates are given.")]
    try:
        value = Decimal(entry.per_usd.strip().replace(" ", ""))
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or value <= 0 or value >= 10**12:
        wrong["per_usd"] = [_("Write how many units one US dollar buys, for example 134.25.")]
    elif value != round(value, MOST_DIGITS):
        wrong["per_usd"] = [_("At most 10 digits after the point.")]
    if entry.rate_on is None or entry.rate_on > clocks.today():
        wrong["rate_on"] = [_("Choose the day of the rate, today or before.")]
    if not entry.source.strip() or len(entry.source) > 300:
        wrong["source"] = [_("Say where the rate comes from.")]
    return value, wrong
