"""Audit firms, their auditors with what they are competent for, when they are busy, and ties with agencies."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from audits.bodies.states import BusyKind, TieKind
from iris.core.models import Record


class AuditFirm(Record):
    """An organisation approved by the scheme to audit."""

    organisation = models.OneToOneField(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="audit_firm"
    )
    approved_from = models.DateField()
    approved_until = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_until__isnull=True) | Q(approved_until__gte=F("approved_from")),
                name="audit_firm_approval_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Auditor(Record):
    """A person of an audit firm, approved for corridors, sectors and languages."""

    person = models.OneToOneField("iris_accounts.User", on_delete=models.PROTECT, related_name="auditor")
    firm = models.ForeignKey(AuditFirm, on_delete=models.PROTECT, related_name="auditors")
    approved_from = models.DateField()
    approved_until = models.DateField(null=True, blank=True)
    lead = models.BooleanField(default=False)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    sectors = ArrayField(models.CharField(max_length=32), default=list)
    corridors = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_until__isnull=True) | Q(approved_until__gte=F("approved_from")),
                name="auditor_approval_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.person.label


class Tie(Record):
    """Why an auditor is not independent of an agency, for how long."""

    auditor = models.ForeignKey(Auditor, on_delete=models.PROTECT, related_name="ties")
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="auditor_ties"
    )
    kind = models.CharField(max_length=16, choices=TieKind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="tie_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.agency_id}"


class AuditorTraining(Record):
    """A course of the scheme that an auditor passed. Kept for good; a later course stands beside it.

    Courses of certification.training teach agencies; these qualify auditors and come from whoever the scheme names.
    """

    auditor = models.ForeignKey(Auditor, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(max_length=160)
    provider = models.CharField(max_length=160, blank=True)
    passed_on = models.DateField()
    valid_until = models.DateField()

    class Meta:
        ordering = ["-valid_until", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["auditor", "course", "passed_on"], name="training_told_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("passed_on")), name="auditor_training_ends_after_it_is_passed"
            ),
        ]

    def __str__(self) -> str:
        return self.course


class BusyPeriod(Record):
    """Days on which an auditor cannot audit, as the firm or the auditor says; days of audits are known anyway."""

    auditor = models.ForeignKey(Auditor, on_delete=models.PROTECT, related_name="busy")
    first = models.DateField()
    last = models.DateField()
    kind = models.CharField(max_length=16, choices=BusyKind.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["first", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="busy_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.first} to {self.last}"
