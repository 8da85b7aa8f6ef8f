"""The documents of an agency, uploaded once and shown wherever they prove something."""

from __future__ import annotations

from django.db import models

from certification.assessments.states import EvidenceKind
from iris.core.models import Record


class Evidence(Record):
    """One document with its title, kind and last day of validity. The file itself never changes."""

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="evidence"
    )
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices, default=EvidenceKind.OTHER)
    valid_until = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title", "created_at"]
        indexes = [models.Index(fields=["agency", "valid_until"], name="assess_evidence_expiry")]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="evidence_has_a_title")]

    def __str__(self) -> str:
        return self.title
