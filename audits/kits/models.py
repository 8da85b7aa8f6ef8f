"""A kit that left with an auditor, what came back, and the evidence noted on site whose file is still to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from . import permissions
from .states import HELD, KitState, Verdict

K = KitState


class Kit(Record):
    """An audit as it was when somebody took it along; `base` is what a merge starts from."""

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="kits")
    number = models.PositiveSmallIntegerField()
    state = StateField(KitState, default=KitState.OUT)
    made_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    base = models.JSONField()
    base_hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    returned_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="kit_number_once_per_audit"),
            models.CheckConstraint(
                condition=~Q(state=K.RETURNED) | Q(returned_at__isnull=False),
                name="kit_returned_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=K.APPLIED)
                | Q(applied_at__isnull=False, applied_by__isnull=False, returned_at__isnull=False),
                name="kit_applied_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=K.ABANDONED) | (Q(abandoned_at__isnull=False) & ~Q(abandoned_reason="")),
                name="kit_given_up_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id}/{self.number}"

    @property
    def is_held(self) -> bool:
        """Whether somebody may still be working with it."""
        return self.state in HELD

    @transition(
        field=state,
        source=[K.OUT, K.RETURNED, K.ABANDONED],
        target=K.RETURNED,
        permission=permissions.may_hold,
    )
    def give_back(self, *, by: Any, at: datetime) -> None:
        """Its workbook came back and was read; a kit given up that turns up again is welcome."""
        self.returned_at = at
        self.abandoned_at = None
        self.abandoned_reason = ""

    @transition(field=state, source=K.RETURNED, target=K.APPLIED, permission=permissions.may_hold)
    def apply(self, *, by: Any, at: datetime) -> None:
        """What it says is written into the audit."""
        self.applied_at = at
        self.applied_by = by

    @transition(
        field=state,
        source=[K.OUT, K.RETURNED],
        target=K.ABANDONED,
        permission=permissions.may_hold,
        needs_reason=True,
    )
    def abandon(self, *, by: Any, at: datetime, because: str) -> None:
        """Nothing is expected of it any more: lost, broken, not used."""
        self.abandoned_at = at
        self.abandoned_reason = because


class KitReturn(Record):
    """One file that came back, kept whole: the file itself, what was read in it, and what became of every cell."""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="returns")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    diff = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.TAKEN) | ~Q(reason=""), name="kit_return_not_taken_says_why"
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(verdict=Verdict.TAKEN),
                name="kit_return_applied_was_taken",
            ),
            models.UniqueConstraint(
                fields=["kit"], condition=Q(applied_at__isnull=False), name="kit_applied_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kit_id}: {self.verdict}"


class SeenItem(Record):
    """One line of the register of evidence noted without a net; its file is added later."""

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="seen_items")
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="seen_items")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.TextField()
    file_name = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    evidence = models.OneToOneField(
        "audits_fieldwork.Evidence", on_delete=models.PROTECT, null=True, blank=True, related_name="seen_item"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="seen_item_says_what")]

    def __str__(self) -> str:
        return self.what[:60]
