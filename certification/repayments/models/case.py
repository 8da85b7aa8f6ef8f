"""The case and its terms: cohorts, rates, interest, who was consulted, who pays which share."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q

from certification.repayments.models import gates
from certification.repayments.permissions import agrees, verifies, works_on
from certification.repayments.rules import WHOLE
from certification.repayments.states import CaseState, PayerKind, Rule, Source
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.money import Money
from iris.core.places import Corridor


class CaseSequence(models.Model):
    """The last number of a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class RepaymentCase(Record):
    """Money that workers paid and get back."""

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="repayments"
    )
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    source_label = models.CharField(max_length=12, choices=Source.choices)
    source_id = models.UUIDField(null=True, blank=True)
    rule = models.CharField(max_length=12, choices=Rule.choices, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    verifier = models.ForeignKey(
        "iris_accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = StateField(CaseState, default=CaseState.OPEN)
    state_reason = models.TextField(blank=True)
    quantified_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["agency", "state"], name="repayment_agency_state")]
        constraints = [
            models.CheckConstraint(name="repayment_state_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="repayment_quantified_has_terms",
                condition=Q(state=CaseState.OPEN)
                | (Q(quantified_at__isnull=False) & ~Q(rule="") & ~Q(currency="")),
            ),
            models.CheckConstraint(
                name="repayment_agreed_has_its_day",
                condition=Q(state__in=[CaseState.OPEN, CaseState.QUANTIFIED], agreed_at=None)
                | (~Q(state__in=[CaseState.OPEN, CaseState.QUANTIFIED]) & Q(agreed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="repayment_paid_has_its_day",
                condition=Q(
                    state__in=[CaseState.OPEN, CaseState.QUANTIFIED, CaseState.AGREED, CaseState.PAYING],
                    paid_at=None,
                )
                | Q(
                    state__in=[CaseState.PAID, CaseState.VERIFIED, CaseState.CLOSED],
                    paid_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="repayment_verified_has_its_day",
                condition=~Q(state=CaseState.VERIFIED) | Q(verified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="repayment_closed_has_its_days",
                condition=(~Q(state=CaseState.CLOSED) & Q(closed_at=None))
                | Q(state=CaseState.CLOSED, verified_at__isnull=False, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open_for_work(self) -> bool:
        """Whether workers, costs and rates may be written down."""
        return bool(self.state == CaseState.OPEN)

    @transition(
        field=state,
        source=[CaseState.OPEN],
        target=CaseState.QUANTIFIED,
        permission=works_on,
        missing=gates.to_quantify,
    )
    def quantify(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """Every amount stands."""
        self.quantified_at, self.state_reason = at, ""

    @transition(
        field=state,
        source=[CaseState.QUANTIFIED],
        target=CaseState.OPEN,
        permission=agrees,
        needs_reason=True,
    )
    def send_back(self, *, by: Actor, at: datetime, why: str, **own: Any) -> None:
        """The amounts are worked out anew."""
        self.state_reason = why

    @transition(
        field=state,
        source=[CaseState.QUANTIFIED],
        target=CaseState.AGREED,
        permission=agrees,
        missing=gates.to_agree,
    )
    def agree(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The scheme agrees to the amounts."""
        self.agreed_at = at

    @transition(
        field=state,
        source=[CaseState.AGREED],
        target=CaseState.PAYING,
        permission=works_on,
        missing=gates.to_pay,
    )
    def begin_paying(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The plan of instalments stands."""

    @transition(
        field=state,
        source=[CaseState.PAYING],
        target=CaseState.PAID,
        permission=works_on,
        missing=gates.to_finish_paying,
    )
    def finish_paying(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """Everybody has the money, or it is held for them."""
        self.paid_at, self.state_reason = at, ""

    @transition(
        field=state,
        source=[CaseState.PAID],
        target=CaseState.PAYING,
        permission=verifies,
        needs_reason=True,
    )
    def send_back_paid(self, *, by: Actor, at: datetime, why: str, **own: Any) -> None:
        """Something about the payments is not right."""
        self.paid_at, self.state_reason = None, why

    @transition(
        field=state,
        source=[CaseState.PAID],
        target=CaseState.VERIFIED,
        permission=verifies,
        missing=gates.to_verify,
    )
    def verify(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """Bank proof, workers' word and third-party check agree."""
        self.verified_at = at

    @transition(
        field=state,
        source=[CaseState.VERIFIED],
        target=CaseState.CLOSED,
        permission=agrees,
        missing=gates.to_close,
    )
    def close(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """Nothing is left to do but money that is held for somebody."""
        self.closed_at = at

    @transition(
        field=state,
        source=[CaseState.VERIFIED, CaseState.CLOSED],
        target=CaseState.PAID,
        permission=agrees,
        needs_reason=True,
    )
    def reopen(self, *, by: Actor, at: datetime, why: str, **own: Any) -> None:
        """Something came out afterwards: it is checked again."""
        self.verified_at = self.closed_at = None
        self.state_reason = why


class Cohort(Record):
    """Workers recruited on the same road in the same time."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=60)
    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    recruiter = models.CharField(max_length=160, blank=True)
    employer_name = models.CharField(max_length=160)
    joined_from = models.DateField()
    joined_to = models.DateField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="cohort_name_once", fields=["case", "name"]),
            models.CheckConstraint(
                name="cohort_ends_after_it_begins", condition=Q(joined_to__gte=F("joined_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def road(self) -> str:
        """ "Nepal to Malaysia"."""
        return Corridor(self.origin, self.destination).text


class Rate(Record):
    """What one unit of a currency is worth in the payout currency, on a day, by whose word."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="rates")
    currency = models.CharField(max_length=3)
    value = models.DecimalField(max_digits=20, decimal_places=10)
    on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(name="rate_once", fields=["case", "currency"]),
            models.CheckConstraint(name="rate_positive", condition=Q(value__gt=0)),
            models.CheckConstraint(name="rate_says_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.shown}"

    @property
    def shown(self) -> str:
        """The exact value without idle zeros."""
        return f"{Decimal(self.value).normalize():f}"


class LateInterest(Record):
    """Interest for paying late, on every worker's amount."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="late_interest")
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    since = models.DateField()
    until = models.DateField()
    basis = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(name="late_interest_positive", condition=Q(percent__gt=0)),
            models.CheckConstraint(name="late_interest_in_order", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="late_interest_basis", condition=Q(basis__gte=360, basis__lte=366)),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"

    @property
    def days(self) -> int:
        """Days it runs: the last one is not counted."""
        return (self.until - self.since).days

    @property
    def shown(self) -> str:
        """The rate without idle zeros."""
        return f"{Decimal(self.percent).normalize():f}"


class Consultation(Record):
    """When and how the workers or those who speak for them were asked about the amounts."""

    append_only = True

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="consultations")
    on = models.DateField()
    with_whom = models.CharField(max_length=200)
    how = models.TextField()

    class Meta:
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.on}"


class PayerShare(Record):
    """Who pays which share; the shares of a case make the whole."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="shares")
    kind = models.CharField(max_length=10, choices=PayerKind.choices)
    name = models.CharField(max_length=160)
    weight = models.PositiveIntegerField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="share_is_a_part", condition=Q(weight__gte=1, weight__lte=WHOLE)),
            models.UniqueConstraint(name="share_once", fields=["case", "kind", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> str:
        """The share in per cent."""
        whole, part = divmod(self.weight, 100)
        return f"{whole}.{part:02d}" if part else str(whole)


def money(minor: int | None, currency: str) -> Money | None:
    """An amount, where there is one."""
    return None if minor is None else Money(minor, currency)


def exact(value: Decimal) -> Fraction:
    """A stored decimal as a fraction."""
    return Fraction(value)
