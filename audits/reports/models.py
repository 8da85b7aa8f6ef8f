"""The report of an audit and the recommendation in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from .states import AgencyAnswer, Outcome


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
