"""Workers of a case: what identifies them is sealed, everything else goes by a code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from certification.assessments.states import Category
from certification.repayments.models.case import Cohort, RepaymentCase, money
from certification.repayments.states import Grade
from iris.core.models import Record
from iris.core.money import Money
from iris.core.vault import Vault

VAULT = Vault("certification.repayments.workers")


@dataclass(frozen=True)
class Identity:
    """Who a worker is and where the money goes. Only ever in memory or sealed."""

    name: str
    contact: str = ""
    bank: str = ""

    def sealed(self) -> bytes:
        """Sealed for the row."""
        return VAULT.seal(json.dumps(asdict(self), ensure_ascii=False))

    @property
    def mark(self) -> str:
        """Equal for the same person written twice."""
        return VAULT.mark(f"{' '.join(self.name.casefold().split())}|{''.join(self.contact.split())}")


class CaseWorker(Record):
    """One worker who is owed money."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="workers")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="workers")
    code = models.CharField(max_length=8)
    sealed = models.BinaryField()
    mark = models.CharField(max_length=64)
    has_bank = models.BooleanField(default=False)
    left = models.BooleanField(default=False)
    found = models.BooleanField(default=True)
    complete = models.BooleanField(default=False)
    wage_minor = models.BigIntegerField(null=True, blank=True)
    wage_currency = models.CharField(max_length=3, blank=True)
    due_minor = models.BigIntegerField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    held_with = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="case_worker_code_once", fields=["case", "code"]),
            models.UniqueConstraint(name="case_worker_once", fields=["case", "mark"]),
            models.CheckConstraint(name="case_worker_found_or_left", condition=Q(found=True) | Q(left=True)),
            models.CheckConstraint(
                name="case_worker_due_positive", condition=Q(due_minor=None) | Q(due_minor__gte=0)
            ),
            models.CheckConstraint(
                name="case_worker_held_says_where",
                condition=Q(held_on=None, held_with="")
                | (Q(held_on__isnull=False, left=True) & ~Q(held_with="")),
            ),
            models.CheckConstraint(
                name="case_worker_wage_has_currency",
                condition=Q(wage_minor=None, wage_currency="") | (Q(wage_minor__gt=0) & ~Q(wage_currency="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def wage(self) -> Money | None:
        """The monthly wage at the destination."""
        return money(self.wage_minor, self.wage_currency)

    @property
    def due(self) -> Money | None:
        """What is owed, once it stands."""
        return money(self.due_minor, self.case.currency)

    def open_identity(self) -> Identity:
        """Who it is. Call it only from the service that logs the access."""
        return Identity(**json.loads(VAULT.open(self.sealed)))


class CostLine(Record):
    """One thing a worker paid for."""

    worker = models.ForeignKey(CaseWorker, on_delete=models.PROTECT, related_name="lines")
    category = models.CharField(max_length=2, choices=Category.choices)
    label = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20, choices=Grade.choices)
    counts = models.BooleanField(default=True)
    not_counted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="cost_line_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="cost_line_left_out_says_why",
                condition=Q(counts=True, not_counted_because="")
                | (Q(counts=False) & ~Q(not_counted_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def amount(self) -> Money:
        """What was paid, in its own currency."""
        return Money(self.amount_minor, self.currency)


class LoanCost(Record):
    """What borrowing the money cost a worker: interest as stated, or worked out."""

    worker = models.ForeignKey(CaseWorker, on_delete=models.PROTECT, related_name="loans")
    principal_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    percent = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    basis = models.PositiveSmallIntegerField()
    stated_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="loan_stated_or_worked_out",
                condition=Q(stated_minor__gt=0, percent=None, since=None, until=None)
                | Q(stated_minor=None, percent__gt=0, since__isnull=False, until__gt=F("since")),
            ),
            models.CheckConstraint(name="loan_principal_positive", condition=Q(principal_minor__gt=0)),
            models.CheckConstraint(name="loan_basis", condition=Q(basis__gte=360, basis__lte=366)),
        ]

    def __str__(self) -> str:
        return self.principal.text

    @property
    def principal(self) -> Money:
        """What was borrowed."""
        return Money(self.principal_minor, self.currency)

    @property
    def stated(self) -> Money | None:
        """The interest, where the worker says what it was."""
        return money(self.stated_minor, self.currency)

    @property
    def days(self) -> int:
        """Days it ran: the last one is not counted."""
        return (self.until - self.since).days if self.since and self.until else 0

    @property
    def shown(self) -> str:
        """The rate without idle zeros."""
        return "" if self.percent is None else f"{Decimal(self.percent).normalize():f}"


class WorkerAccess(Record):
    """Who opened names, when, what for."""

    append_only = True

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="accesses")
    worker = models.ForeignKey(
        CaseWorker, on_delete=models.PROTECT, null=True, blank=True, related_name="accesses"
    )
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=200)
    names = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-created_at"]
        constraints = [models.CheckConstraint(name="access_says_why", condition=~Q(purpose=""))]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"


class SheetDraft(Record):
    """A sheet of workers between its preview and its saving: sealed, and gone afterwards."""

    case = models.ForeignKey(RepaymentCase, on_delete=models.PROTECT, related_name="drafts")
    made_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.name
