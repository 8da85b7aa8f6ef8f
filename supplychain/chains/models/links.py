"""Dated links that say who gets workers through whom. A link is never changed: a new row takes the place of the old.

Two times stand in each row. `since` and `until`: when workers came this way. `recorded_at` and `replaced_at`: when we
knew it. So the chain can be drawn as it was on a day, and as it was known on a day.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from iris.core import clocks
from iris.core.models import Record
from iris.core.money import CURRENCY_CHOICES
from supplychain.chains.models.parties import Party
from supplychain.chains.states import Claim, Confidence, FeeTerms, Source


class Link(Record):
    """`upper` gets workers through `lower`, from a day, until a day when it ended. Rows of one link share `line`."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    line = models.UUIDField(default=uuid4, editable=False)
    upper = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="below")
    lower = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="above")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clocks.now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    workers = models.PositiveIntegerField(null=True, blank=True)  # a year
    contract_reference = models.CharField(max_length=120, blank=True)
    contract_file = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fee_terms = models.CharField(max_length=13, choices=FeeTerms.choices, default=FeeTerms.UNKNOWN)
    fee_minor = models.PositiveBigIntegerField(null=True, blank=True)  # what one worker pays
    fee_currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)
    claim = models.CharField(max_length=8, choices=Claim.choices, default=Claim.DECLARED)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.EMPLOYER)
    declared_by = models.CharField(max_length=200, blank=True)
    verified_by = models.CharField(max_length=200, blank=True)
    verified_how = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_file = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.LOW)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["upper", "lower", "since"],
                condition=Q(replaced_at__isnull=True),
                name="chain_link_only_once",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(replaced_at__isnull=True), name="chain_link_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(upper=F("lower")), name="chain_link_joins_two"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="chain_link_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("recorded_at")),
                name="chain_link_replaced_after",
            ),
            models.CheckConstraint(
                condition=~Q(claim=Claim.VERIFIED) | ~Q(verified_how=""), name="chain_link_verified_how"
            ),
            models.CheckConstraint(
                condition=Q(fee_minor__isnull=True) | ~Q(fee_currency=""), name="chain_link_fee_in_a_currency"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation"], condition=Q(replaced_at__isnull=True), name="chain_link_of_employer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.upper_id} > {self.lower_id}"
