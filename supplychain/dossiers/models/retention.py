"""Legal holds, and what is left to say of records that were deleted after their time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from iris.core.models import Record
from supplychain.dossiers.states import RecordClass


class Hold(Record):
    """Nothing it covers is deleted while it stands."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RecordClass.choices, blank=True)  # empty: everything
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField()
    placed_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    release_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="hold_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_released_is_signed",
                condition=Q(released_at=None, released_by=None, release_reason="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(release_reason="")),
            ),
            models.CheckConstraint(
                name="hold_released_by_another",
                condition=Q(released_by=None) | ~Q(released_by=F("placed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class Tombstone(Record):
    """How many records of a kind were deleted, of which days, and the hash over them."""

    append_only = True

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RecordClass.choices)
    count = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    sha256 = models.CharField(max_length=64)  # over the sorted lines "number-or-id sha256"
    years = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"
