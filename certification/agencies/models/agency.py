"""The agency as a legal entity, and what it says about itself."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from certification.agencies.rules import LONGEST_KEY, LONGEST_LINE, LONGEST_NAME, LONGEST_NUMBER, LONGEST_TEXT
from certification.agencies.states import LANGUAGE_CHOICES, AgencyKind, LicenceLoss, NameKind, SanctionsAnswer
from certification.licences.states import LicenceStatus
from iris.core.models import Record
from iris.core.places import Corridor, sector_name


class Agency(Record):
    """A labour recruiter: one legal entity in one country. A sister company is an agency of its own."""

    organisation = models.OneToOneField(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="agency"
    )
    legal_name = models.CharField(max_length=LONGEST_NAME)
    legal_name_lang = models.CharField(max_length=8, default="en")
    registration_number = models.CharField(max_length=LONGEST_NUMBER)
    registration_key = models.CharField(max_length=LONGEST_NUMBER * 3, editable=False)
    country = models.CharField(max_length=2, db_index=True)
    kind = models.CharField(max_length=12, choices=AgencyKind.choices)
    founded_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=LONGEST_TEXT, blank=True)
    city = models.CharField(max_length=LONGEST_LINE, blank=True)
    contact_name = models.CharField(max_length=LONGEST_LINE, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    sanctions = models.CharField(max_length=4, choices=SanctionsAnswer.choices, blank=True)
    sanctions_text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    sanctions_declared_at = models.DateTimeField(null=True, blank=True)
    sanctions_declared_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    enrolled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    likeness_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["legal_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["country", "registration_key"], name="agency_registered_once"),
            models.CheckConstraint(
                condition=Q(sanctions="", sanctions_declared_at=None, sanctions_declared_by=None)
                | (
                    ~Q(sanctions="")
                    & Q(sanctions_declared_at__isnull=False, sanctions_declared_by__isnull=False)
                ),
                name="agency_sanctions_signed_and_dated",
            ),
            models.CheckConstraint(
                condition=~Q(sanctions=SanctionsAnswer.SOME) | ~Q(sanctions_text=""),
                name="agency_sanctions_told",
            ),
        ]
        indexes = [models.Index(fields=["-enrolled_at", "id"])]

    def __str__(self) -> str:
        return self.legal_name


class AgencyName(Record):
    """One name by which an agency is known; the legal name stands here too, so that one table is searched."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, choices=NameKind.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    lang = models.CharField(max_length=8, default="en")
    normal = models.TextField(editable=False)
    key = models.CharField(max_length=LONGEST_KEY, editable=False, db_index=True)
    # For a former name: until when it was used, and why it ended (a merger, a new owner).
    used_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=LONGEST_LINE, blank=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name", "kind"], name="agency_name_once"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(kind=NameKind.LEGAL), name="agency_has_one_legal_name"
            ),
        ]
        indexes = [GinIndex(fields=["normal"], opclasses=["gin_trgm_ops"], name="agency_name_trigrams")]

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """The language in words."""
        return str(dict(LANGUAGE_CHOICES).get(self.lang, self.lang))


class Licence(Record):
    """Permission by a state to recruit. A licence is not a certificate."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="licences")
    country = models.CharField(max_length=2)
    authority = models.CharField(max_length=LONGEST_LINE)
    number = models.CharField(max_length=LONGEST_NUMBER)
    number_key = models.CharField(max_length=LONGEST_NUMBER * 3, editable=False, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    copy = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_told_at = models.DateTimeField(null=True, blank=True)
    register_says = models.CharField(max_length=12, choices=LicenceStatus.choices, blank=True)
    register_told_at = models.DateTimeField(null=True, blank=True)
    lost_why = models.CharField(max_length=10, choices=LicenceLoss.choices, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["country", "-valid_to", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lost_why="", lost_at=None) | (~Q(lost_why="") & Q(lost_at__isnull=False)),
                name="licence_lost_has_day",
            ),
            models.CheckConstraint(
                condition=Q(register_says="", register_told_at=None)
                | (~Q(register_says="") & Q(register_told_at__isnull=False)),
                name="licence_register_word_has_day",
            ),
            models.UniqueConstraint(
                fields=["agency", "country", "number_key"], name="licence_once_per_agency"
            ),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="licence_dates_in_order"),
        ]
        indexes = [models.Index(fields=["valid_to"])]

    def __str__(self) -> str:
        return self.number

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.valid_from <= on <= self.valid_to


class AgencyCorridor(Record):
    """A country of origin and a country of work between which the agency recruits."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="corridors")
    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)

    class Meta:
        ordering = ["origin", "destination"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "origin", "destination"], name="agency_corridor_once"),
            models.CheckConstraint(
                condition=~Q(origin=F("destination")), name="agency_corridor_crosses_a_border"
            ),
        ]
        indexes = [models.Index(fields=["origin", "destination"])]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Both countries in words."""
        return Corridor(self.origin, self.destination).text


class AgencySector(Record):
    """A line of work the agency recruits for."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sectors")
    sector = models.CharField(max_length=20)

    class Meta:
        ordering = ["sector"]
        constraints = [models.UniqueConstraint(fields=["agency", "sector"], name="agency_sector_once")]

    def __str__(self) -> str:
        return str(sector_name(self.sector))


class Branch(Record):
    """An office of the same legal entity, besides its head office."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="branches")
    name = models.CharField(max_length=LONGEST_NAME)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=LONGEST_LINE)
    address = models.CharField(max_length=LONGEST_TEXT, blank=True)
    responsible = models.CharField(max_length=LONGEST_LINE, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    authority_reference = models.CharField(max_length=LONGEST_NUMBER, blank=True)

    class Meta:
        ordering = ["country", "city", "name", "id"]
        verbose_name_plural = "branches"

    def __str__(self) -> str:
        return self.name


class SubAgent(Record):
    """A person or firm that finds workers for the agency, directly or for another sub-agent (`parent`)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sub_agents")
    name = models.CharField(max_length=LONGEST_NAME)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=LONGEST_LINE)
    licence_number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    district = models.CharField(max_length=LONGEST_LINE, blank=True)
    identity_number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    agreement_on = models.DateField(null=True, blank=True)
    agreement = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fee_terms = models.CharField(max_length=LONGEST_TEXT, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["country", "city", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="sub_agent_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="sub_agent_is_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyReader(Record):
    """An organisation outside the agency and the scheme that may read it, because it audits it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="readers")
    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "organisation"], name="agency_reader_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} reads {self.agency_id}"
