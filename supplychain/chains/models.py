"""A chain is kept by one employer: its parties, and dated links that say who gets workers through whom."""

from django.db import models
from django.db.models import F, Q

from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES
from supplychain.chains.states import Claim, PartyKind


class Party(Record):
    """One organisation or person in an employer's chain; a recruiter may be an agency of the register."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=22, choices=PartyKind.choices)
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "name", "country"], name="chain_party_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Link(Record):
    """`upper` gets workers through `lower`, from a day, until a day when it ended."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    upper = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="below")
    lower = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="above")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    workers = models.PositiveIntegerField(null=True, blank=True)
    claim = models.CharField(max_length=8, choices=Claim.choices, default=Claim.DECLARED)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["upper", "lower", "since"], name="chain_link_once"),
            models.CheckConstraint(condition=~Q(upper=F("lower")), name="chain_link_joins_two"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="chain_link_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upper_id} > {self.lower_id}"
