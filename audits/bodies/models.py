"""Audit firms, their auditors with what they are competent for, and ties with agencies."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from audits.bodies.states import TieKind
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
