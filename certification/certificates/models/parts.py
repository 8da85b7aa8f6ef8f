"""The parts of a certificate: its corridors, conditions, published history; and the series of numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from certification.certificates.states import CertificateState, ReasonCode
from iris.core import clocks
from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES, Corridor


class NumberSeries(models.Model):
    """The last serial given out. Its row is locked while a certificate takes the next, so serials have no gaps."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class CertificateCorridor(Record):
    """One corridor that a revision covers."""

    certificate = models.ForeignKey(
        "certification_certificates.Certificate", on_delete=models.PROTECT, related_name="corridors"
    )
    origin = models.CharField(max_length=2, choices=COUNTRY_CHOICES)
    destination = models.CharField(max_length=2, choices=COUNTRY_CHOICES)

    class Meta:
        ordering = ["origin", "destination"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "origin", "destination"], name="certificate_corridor_once"
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("destination")), name="certificate_corridor_crosses_a_border"
            ),
        ]
        indexes = [models.Index(fields=["origin", "destination"], name="certificate_corridor_both")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Both countries in words."""
        return Corridor(self.origin, self.destination).text


class CertificateCondition(Record):
    """Something the agency promised by a day when the certificate was granted."""

    certificate = models.ForeignKey(
        "certification_certificates.Certificate", on_delete=models.PROTECT, related_name="conditions"
    )
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    due_on = models.DateField(db_index=True)
    met_on = models.DateField(null=True, blank=True)
    met_note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "position"], name="certificate_condition_place"),
            models.CheckConstraint(condition=~Q(text=""), name="certificate_condition_says_what"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, met_note="") | (Q(met_on__isnull=False) & ~Q(met_note="")),
                name="certificate_condition_met_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def late(self) -> bool:
        """Whether its day is past and it is not met."""
        return self.met_on is None and self.due_on < clocks.today()


class CertificateChange(Record):
    """The published history of a certificate: what it became, on which day, and the words for it."""

    append_only = True

    certificate = models.ForeignKey(
        "certification_certificates.Certificate", on_delete=models.PROTECT, related_name="changes"
    )
    state = models.CharField(max_length=16, choices=CertificateState.choices)
    on = models.DateField()
    at = models.DateTimeField()
    what = models.CharField(max_length=200)
    reason_code = models.CharField(max_length=24, choices=ReasonCode.choices, blank=True)
    public_note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "created_at"]

    def __str__(self) -> str:
        return self.what

    @property
    def reason_label(self) -> str:
        """The published reason in words."""
        return str(ReasonCode(self.reason_code).label) if self.reason_code else ""
