"""Who the people are: sealed, in tables that point at no interview.

A row carries keyed digests instead of foreign keys and no time of day, so that whoever has the whole database but not
IRIS_VAULT_KEYS can neither read a name nor say to which interview a sealed name belongs.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from ..states import Employment, IdentityRole, Purpose


class Identity(models.Model):
    """One sealed name and contact. `interview_mark` and `audit_mark` are Vault.mark() of the ids."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=16, choices=IdentityRole.choices, default=IdentityRole.PERSON)
    sealed = models.BinaryField()
    interview_mark = models.CharField(max_length=64, db_index=True)
    audit_mark = models.CharField(max_length=64, db_index=True)
    person_mark = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["interview_mark", "person_mark", "role"], name="once_in_an_interview"
            ),
            models.CheckConstraint(condition=~Q(interview_mark=""), name="identity_has_its_mark"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IdentityAccess(Record):
    """Somebody opened identities: who, when, for what. Kept for good."""

    append_only = True

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    reason = models.TextField()
    shown = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="vault_opened_with_reason")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.shown}"


class VaultErasure(Record):
    """How many identities of an audit were erased, and when; all that is left of them."""

    append_only = True

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="+")
    erased = models.PositiveSmallIntegerField()
    on = models.DateField()
    due = models.BooleanField()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.erased}"


class EmploymentCheck(models.Model):
    """What became of one person interviewed in the audit before. Counted, never listed outside the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="+")
    person_mark = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16, choices=Employment.choices)
    checked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "person_mark"], name="checked_once_per_audit"),
        ]

    def __str__(self) -> str:
        return self.outcome
