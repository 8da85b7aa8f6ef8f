"""The end of a company: it was merged into another agency, or closed. Said once by the scheme, with its day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from certification.agencies.models.agency import Agency
from certification.agencies.rules import LONGEST_TEXT
from certification.agencies.states import EndKind
from iris.core.models import Record


class AgencyEnd(Record):
    """One agency's end. A certificate does not go over with it: who took it over is an agency of its own."""

    append_only = True

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="end")
    kind = models.CharField(max_length=8, choices=EndKind.choices)
    ended_on = models.DateField()
    successor = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="took_over"
    )
    reason = models.CharField(max_length=LONGEST_TEXT)
    said_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["ended_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EndKind.MERGED, successor__isnull=False)
                | Q(kind=EndKind.CLOSED, successor__isnull=True),
                name="agency_end_merged_names_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("agency")), name="agency_end_elsewhere"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="agency_end_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind}"
