"""The parties of an employer's chain: one row for what a party is now, one version for everything it ever was."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from iris.core import clocks
from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from supplychain.chains.states import PartyKind

NAME_LENGTH = 300


class Party(Record):
    """One organisation, person or group of workers in a chain; a recruiter may be an agency of the register.

    A supplier may keep a name: then `name` is "Confidential recruiter 3", the name stands sealed with its salt,
    `commitment` is SHA-256 over both, and an agency that is meant stands in `hidden_agency`, whose standing may be
    shown and nothing else.
    """

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=22, choices=PartyKind.choices)
    name = models.CharField(max_length=NAME_LENGTH)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decisions = models.JSONField(
        default=list, blank=True
    )  # ids of what was remembered of its name when a person matched it, to take it back
    number = models.CharField(max_length=80, blank=True)  # licence or registration number, as it was told
    address = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    nameless = models.BooleanField(
        default=False
    )  # that there is one is known, and not who: `name` only numbers it
    # a group of workers
    workers = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    destination = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    sector = models.CharField(max_length=20, choices=SECTOR_CHOICES, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    # a name kept by a supplier
    confidential = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    opened_salt = models.CharField(max_length=64, blank=True)  # once the supplier opened the name: the proof
    hidden_agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # the end
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    gone_at = models.DateTimeField(null=True, blank=True)  # merged, or entered by mistake: no longer a party

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "name", "country"],
                condition=Q(gone_at__isnull=True),
                name="chain_party_only_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=PartyKind.COHORT)
                | Q(workers__isnull=True, origin="", destination="", sector="", arrived_on__isnull=True),
                name="chain_party_workers_of_cohort",
            ),
            models.CheckConstraint(
                condition=Q(confidential=False, hidden_agency__isnull=True)
                | (Q(confidential=True, sealed__isnull=False, agency__isnull=True) & ~Q(commitment="")),
                name="chain_party_confidential_sealed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(gone_at__isnull=False),
                name="chain_party_merged_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="chain_party_merged_elsewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation"], condition=Q(gone_at__isnull=True), name="chain_party_of_employer"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def corridor(self) -> tuple[str, str] | None:
        """Where a group of workers came from and went to, where both are known."""
        return (self.origin, self.destination) if self.origin and self.destination else None


VERSIONED = (
    "kind",
    "name",
    "country",
    "agency_id",
    "number",
    "address",
    "owner",
    "workers",
    "origin",
    "destination",
    "sector",
    "arrived_on",
    "confidential",
    "nameless",
)


class PartyVersion(Record):
    """What was known of a party from a moment on. Only ever added, so the chain can be seen as it was known then."""

    append_only = True

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="versions")
    at = models.DateTimeField(default=clocks.now)
    data = models.JSONField()  # the fields of VERSIONED; {"gone": true} when it ceased to be a party

    class Meta:
        ordering = ["at", "created_at"]
        indexes = [models.Index(fields=["party", "at"], name="chain_party_version")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.at}"


class ChainVersion(models.Model):
    """One number for each employer's chain, raised by every change: what caches ask, and what changes queue at."""

    organisation = models.OneToOneField(
        "iris_accounts.Organisation", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    number = models.PositiveBigIntegerField(default=0)
    hidden_names = models.PositiveIntegerField(default=0)  # the last number given to a confidential name
    changed_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(default=clocks.now)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.number}"
