"""The documents of an agency, uploaded once and shown wherever they prove something."""

from __future__ import annotations

from django.db import models

from certification.assessments.states import EvidenceKind
from iris.core.models import Record


class Evidence(Record):
    """One version of a document. Its file never changes: a newer version is a row of its own that replaces it."""

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="evidence"
    )
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices, default=EvidenceKind.OTHER)
    valid_until = models.DateField(null=True, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    number = models.PositiveSmallIntegerField(default=1)
    added_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title", "created_at"]
        indexes = [models.Index(fields=["agency", "valid_until"], name="assess_evidence_expiry")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="evidence_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(effective_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("effective_from")),
                name="evidence_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces=None, number=1) | models.Q(replaces__isnull=False, number__gt=1),
                name="evidence_number_counts_versions",
            ),
        ]

    def __str__(self) -> str:
        return self.title
