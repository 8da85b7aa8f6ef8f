"""The employer-pays cost ledger: what each kind of cost was, who should pay and who paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django_stubs_ext import StrOrPromise

from certification.assessments.models.assessment import Assessment
from certification.assessments.models.evidence import Evidence
from certification.assessments.rules import (
    conforms,
    fingerprint,
    is_settled,
    is_worker_borne,
    needs_answer,
    why_conforms,
)
from certification.assessments.states import (
    SINGLE_PAYERS,
    Category,
    Conformity,
    ExceptionReason,
    Lawful,
    Payer,
)
from iris.core.models import Record
from iris.core.money import Money
from iris.core.places import Corridor


class JobOrder(Record):
    """One order of an employer for workers in one corridor. Amounts of its lines are for one worker."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="job_orders")
    reference = models.CharField(max_length=60)
    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    employer_name = models.CharField(max_length=200)
    workers = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    sector = models.CharField(max_length=20, blank=True)
    wage_minor = models.BigIntegerField(
        null=True, blank=True
    )  # one worker's income of a month at destination
    wage_currency = models.CharField(max_length=3, blank=True)
    price_answer = models.TextField(blank=True)
    price_answered_at = models.DateTimeField(null=True, blank=True)
    price_answered_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "reference"], name="joborder_reference_once"),
            models.CheckConstraint(
                condition=Q(wage_minor=None, wage_currency="") | (Q(wage_minor__gt=0) & ~Q(wage_currency="")),
                name="joborder_wage_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(price_answer="", price_answered_at=None, price_answered_by=None)
                | (~Q(price_answer="") & Q(price_answered_at__isnull=False, price_answered_by__isnull=False)),
                name="joborder_price_answer_has_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("destination")), name="joborder_corridor_is_two_countries"
            ),
            models.CheckConstraint(condition=Q(workers__gte=1), name="joborder_has_workers"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def corridor(self) -> Corridor:
        """Where its workers come from and go to."""
        return Corridor(self.origin, self.destination)

    @property
    def wage(self) -> Money | None:
        """What one worker earns in a month at the destination, if the agency has said it."""
        return None if self.wage_minor is None else Money(self.wage_minor, self.wage_currency)


class CostLine(Record):
    """One cost of a job order, for one worker, in the smallest unit of its currency."""

    job_order = models.ForeignKey(JobOrder, on_delete=models.CASCADE, related_name="cost_lines")
    category = models.CharField(max_length=2, choices=Category.choices)
    label = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    should_pay = models.CharField(max_length=10, choices=Payer.choices, default=Payer.EMPLOYER)
    paid_by = models.CharField(max_length=10, choices=Payer.choices)
    paid_by_name = models.CharField(max_length=200, blank=True)
    # Only where several paid: they add up to the amount, which the database holds too.
    share_employer_minor = models.BigIntegerField(null=True, blank=True)
    share_agency_minor = models.BigIntegerField(null=True, blank=True)
    share_worker_minor = models.BigIntegerField(null=True, blank=True)
    share_other_minor = models.BigIntegerField(null=True, blank=True)
    proof = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="cost_lines"
    )
    lawful = models.CharField(max_length=10, choices=Lawful.choices, default=Lawful.UNCLEAR)
    law_reference = models.CharField(max_length=300, blank=True)
    exception_reason = models.CharField(max_length=20, choices=ExceptionReason.choices, blank=True)
    exception_note = models.TextField(blank=True)
    response = models.TextField(blank=True)
    repaid_how = models.TextField(blank=True)
    repaid_by = models.CharField(max_length=10, choices=Payer.choices, blank=True)
    repaid_on = models.DateField(null=True, blank=True)
    answered_minor = models.BigIntegerField(null=True, blank=True)  # the worker's part that was answered for
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["category", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="costline_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="costline_category_is_known"
            ),
            models.CheckConstraint(
                condition=Q(paid_by__in=Payer.values) & Q(should_pay__in=SINGLE_PAYERS),
                name="costline_payers_are_known",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(paid_by=Payer.SHARED)
                    & Q(
                        share_employer_minor=None,
                        share_agency_minor=None,
                        share_worker_minor=None,
                        share_other_minor=None,
                    )
                )
                | Q(
                    paid_by=Payer.SHARED,
                    share_employer_minor__gte=0,
                    share_agency_minor__gte=0,
                    share_worker_minor__gte=0,
                    share_other_minor__gte=0,
                    amount_minor=F("share_employer_minor")
                    + F("share_agency_minor")
                    + F("share_worker_minor")
                    + F("share_other_minor"),
                ),
                name="costline_shares_add_up",
            ),
            models.CheckConstraint(
                condition=Q(repaid_by="") | Q(repaid_by__in=SINGLE_PAYERS), name="costline_repayer_is_one"
            ),
            models.CheckConstraint(condition=~Q(repaid_by=Payer.WORKER), name="costline_worker_never_repays"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="costline_answer_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.label}"

    @property
    def money(self) -> Money:
        """What one worker's share of this cost is."""
        return Money(self.amount_minor, self.currency)

    @property
    def conforms(self) -> Conformity:
        """Whether it fits the employer-pays principle."""
        return conforms(self)

    @property
    def why(self) -> StrOrPromise:
        """Why it fits or does not."""
        return why_conforms(self)

    @property
    def worker_borne(self) -> bool:
        """Whether the worker paid."""
        return is_worker_borne(self)

    @property
    def settled(self) -> bool:
        """Whether the agency has said what happened and how it is repaid."""
        return is_settled(self)

    @property
    def needs_answer(self) -> bool:
        """Whether this line stands between the agency and the declaration."""
        return needs_answer(self)

    def borne_by(self, payer: str) -> Money:
        """What this payer bore of it."""
        if self.paid_by == Payer.SHARED:
            return Money(getattr(self, f"share_{payer}_minor") or 0, self.currency)
        return Money(self.amount_minor if self.paid_by == payer else 0, self.currency)

    @property
    def shares(self) -> list[tuple[Payer, Money]]:
        """Who bore how much, those who bore nothing left out."""
        parts = [(payer, self.borne_by(payer)) for payer in SINGLE_PAYERS]
        return [(payer, money) for payer, money in parts if money.minor]

    @property
    def by_employer_or_agency(self) -> Money:
        """What the employer and the agency bore together."""
        return self.borne_by(Payer.EMPLOYER) + self.borne_by(Payer.AGENCY)

    @property
    def worker_part(self) -> Money:
        """What the worker bore."""
        return self.borne_by(Payer.WORKER)

    @property
    def fingerprint(self) -> str:
        """What of the line an employer's answer is about: it changes when one of these facts does."""
        return fingerprint(self)
