"""The report of an audit, each version of it that went out, and archives of whole cases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from .states import AgencyAnswer, Outcome, VersionKind


class Report(Record):
    """What the auditors write; the agency reads the draft, the scheme decides on the final one."""

    audit = models.OneToOneField(
        "audits_engagements.Audit", on_delete=models.PROTECT, related_name="final_report"
    )
    summary = models.TextField()
    strengths = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    draft_sent_at = models.DateTimeField()
    answer_due = models.DateField()
    agency_answer = models.CharField(max_length=16, choices=AgencyAnswer.choices, blank=True)
    agency_comment = models.TextField(blank=True)
    agency_answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    recommendation = models.TextField(blank=True)
    scheme_note = models.TextField(blank=True)
    # A closure audit: each finding it looked at as it stood at the end (number, title, grade, closed).
    verified = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | (Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(outcome="") & ~Q(recommendation="")),
                name="sent_report_recommends_and_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(agency_answer="") | Q(agency_answered_at__isnull=False),
                name="agency_answer_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.audit_id)


class ReportVersion(Record):
    """What a report said when it went out. Rows are never changed: a later version makes the earlier one superseded."""

    append_only = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=VersionKind.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=[VersionKind.REVISED, VersionKind.CORRECTED]) | ~Q(reason=""),
                name="changed_report_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class ReportFile(Record):
    """The PDF of a version, made once from its content."""

    append_only = True

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="printed")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.version_id)


class CaseExport(Record):
    """A whole case as one archive, with no more in it than the person who asked may read."""

    application = models.ForeignKey(
        "certification_applications.Application", on_delete=models.PROTECT, related_name="exports"
    )
    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    files_inside = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, file__isnull=True)
                | Q(made_at__isnull=False, file__isnull=False),
                name="case_export_made_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.asked_at:%Y-%m-%d}"
