"""What recruitment in a corridor is expected to cost an employer, and the rates that make currencies comparable."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from certification.assessments.models.dated import Dated, retired_with_reason
from certification.assessments.states import Category
from iris.core.money import Money
from iris.core.places import Corridor


class CorridorCost(Dated):
    """One component of the cost of one worker's place: low, typical and high, with where the figures come from."""

    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    sector = models.CharField(max_length=20, blank=True)  # empty: every sector
    category = models.CharField(max_length=2, choices=Category.choices)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    low_minor = models.BigIntegerField()
    typical_minor = models.BigIntegerField()
    high_minor = models.BigIntegerField()
    source = models.CharField(max_length=300)
    draft = models.BooleanField(default=True)

    class Meta:
        ordering = ["origin", "destination", "category", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "destination", "sector", "category", "name"],
                condition=Q(retired_at=None),
                name="corridorcost_once_in_force",
            ),
            models.CheckConstraint(
                condition=Q(
                    low_minor__gte=0, typical_minor__gte=F("low_minor"), high_minor__gte=F("typical_minor")
                ),
                name="corridorcost_low_typical_high",
            ),
            models.CheckConstraint(condition=~Q(origin=F("destination")), name="corridorcost_two_countries"),
            models.CheckConstraint(
                condition=Q(category__in=[kind for kind in Category.values if kind != Category.X]),
                name="corridorcost_category_is_legitimate",
            ),
            retired_with_reason("corridorcost_retired_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.origin}-{self.destination} {self.category} {self.name}"

    @property
    def corridor(self) -> Corridor:
        """From where to where."""
        return Corridor(self.origin, self.destination)

    @property
    def low(self) -> Money:
        """The least it can honestly cost."""
        return Money(self.low_minor, self.currency)

    @property
    def typical(self) -> Money:
        """What it usually costs."""
        return Money(self.typical_minor, self.currency)

    @property
    def high(self) -> Money:
        """What it costs at most in ordinary cases."""
        return Money(self.high_minor, self.currency)


class ExchangeRate(Dated):
    """How many units of a currency one US dollar bought on a day."""

    currency = models.CharField(max_length=3)
    per_usd = models.DecimalField(max_digits=24, decimal_places=10)
    rate_on = models.DateField()
    source = models.CharField(max_length=300)
    draft = models.BooleanField(default=True)

    class Meta:
        ordering = ["currency", "-rate_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "rate_on"], condition=Q(retired_at=None), name="exchangerate_once_a_day"
            ),
            models.CheckConstraint(condition=Q(per_usd__gt=0), name="exchangerate_is_positive"),
            models.CheckConstraint(condition=~Q(currency="USD"), name="exchangerate_usd_is_the_measure"),
            retired_with_reason("exchangerate_retired_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.shown} per USD on {self.rate_on}"

    @property
    def shown(self) -> str:
        """The rate without zeros that say nothing."""
        return f"{self.per_usd.normalize():f}"
