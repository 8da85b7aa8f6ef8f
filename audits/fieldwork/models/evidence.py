"""Evidence of an audit and its chain: hash, who, when, from where, which version (R33). Rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from iris.core.models import Record

from ..states import FROM_WORKERS, IN_CONFIDENCE, EvidenceSource, GivenBy


class Evidence(Record):
    """One version of one piece of evidence. The original is version 1; every later one hides something of it."""

    append_only = True

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="evidence")
    indicator = models.ForeignKey(
        "certification_standard.Indicator",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_evidence",
    )
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    # The same picture without what the camera wrote into it; people get this one where there is one.
    shown = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=16, choices=EvidenceSource.choices)
    given_by = models.CharField(max_length=16, choices=GivenBy.choices)
    taken_on = models.DateField()
    taken_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    # Nobody at risk can be recognised in the file as it is: others may read the original.
    open_as_it_is = models.BooleanField(default=False)
    redaction_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    redaction_reason = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["redaction_of", "version"], name="evidence_version_once"),
            models.CheckConstraint(
                condition=Q(redaction_of=None, version=1, redaction_reason="")
                | (Q(redaction_of__isnull=False, version__gt=1) & ~Q(redaction_reason="")),
                name="redacted_version_says_why",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="audit_evidence_has_a_title"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="audit_evidence_has_its_hash"
            ),
            models.CheckConstraint(
                condition=Q(open_as_it_is=False)
                | (~Q(source__in=IN_CONFIDENCE) & ~Q(given_by__in=FROM_WORKERS)),
                name="confidential_evidence_is_not_open",
            ),
        ]
        indexes = [models.Index(fields=["audit", "indicator"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with its whole chain."""
        return reverse("fieldwork:evidence", args=[self.audit_id, self.redaction_of_id or self.pk])

    @property
    def is_original(self) -> bool:
        """Whether it is what was taken, with nothing hidden."""
        return self.redaction_of_id is None

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was withdrawn; None while it counts."""
        row = getattr(self, "withdrawal", None)
        return row.created_at if row else None

    @property
    def sum_line(self) -> str:
        """The line that `sha256sum --check` reads, for the file as it is downloaded."""
        return f"{self.sha256}  {self.file.name}"


class EvidenceWithdrawal(Record):
    """A piece of evidence is taken back instead of deleted: it stays, with the reason, and counts for nothing."""

    append_only = True

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="evidence_withdrawn_with_reason")]

    def __str__(self) -> str:
        return str(self.evidence_id)


class HashCheck(Record):
    """Somebody had the stored file read again and compared with the hash noted when it came."""

    append_only = True

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="checks")
    by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=64, blank=True)  # empty: the file could not be read at all
    matches = models.BooleanField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.matches}"
