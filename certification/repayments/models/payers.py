"""A payer without an account: the link by which it reads its own share, what it answered, and the proof it sent."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from certification.repayments.models.case import PayerShare
from iris.core import clocks
from iris.core.models import Record
from iris.core.money import Money


class ShareNotice(Record):
    """A link by e-mail to one payer about one share. The row holds the hash of its token and never the token."""

    share = models.ForeignKey(PayerShare, on_delete=models.PROTECT, related_name="notices")
    email = models.EmailField()
    contact = models.CharField(max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clocks.now)
    ends_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    agrees = models.BooleanField(null=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="share_answer_has_moment",
                condition=Q(agrees=None, answered_at=None)
                | Q(agrees__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(name="share_refusal_says_why", condition=~Q(agrees=False) | ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.ends_on}"

    @property
    def label(self) -> str:
        """Who acts when the holder of the link acts: there is no account behind it."""
        return self.contact or self.email

    def works(self, today: date) -> bool:
        """Whether the link still opens the share."""
        return self.revoked_at is None and today <= self.ends_on


class ShareProof(Record):
    """A document by which a payer shows that it paid its share, and what was said of it."""

    notice = models.ForeignKey(ShareNotice, on_delete=models.PROTECT, related_name="proofs")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    paid_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    came_in = models.BooleanField(null=True)
    reason = models.CharField(max_length=2000, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="share_proof_positive", condition=Q(amount_minor__gt=0)),
            models.UniqueConstraint(name="share_proof_once", fields=["notice", "file"]),
            models.CheckConstraint(
                name="share_proof_looked_at_by_somebody",
                condition=Q(came_in=None, looked_at=None, looked_by=None)
                | Q(came_in__isnull=False, looked_at__isnull=False, looked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="share_proof_refused_with_reason", condition=~Q(came_in=False) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.amount.text

    @property
    def amount(self) -> Money:
        """What was paid."""
        return Money(self.amount_minor, self.currency)
