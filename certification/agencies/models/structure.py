"""Who owns and directs an agency, the companies beside it, its numbers in other registers, and its offices."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from certification.agencies.models.agency import Agency, Branch
from certification.agencies.rules import LONGEST_LINE, LONGEST_NAME, LONGEST_NUMBER
from certification.agencies.rules.identifiers import WITH_CHECK_DIGITS, problem_with
from certification.agencies.states import IdentifierScheme, OfficerKind, OfficerRole, RelationKind
from iris.core.models import Record


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name=name
    )


class Officer(Record):
    """A person or company that owns or directs the agency. Never public: the register shows how many there are."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    kind = models.CharField(max_length=8, choices=OfficerKind.choices, default=OfficerKind.PERSON)
    name = models.CharField(max_length=LONGEST_NAME)
    role = models.CharField(max_length=16, choices=OfficerRole.choices)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    country = models.CharField(max_length=2)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # A keyed digest of the number of an identity document or company: it can be compared and not read.
    identity_key = models.CharField(max_length=64, blank=True, editable=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [F("until").asc(nulls_first=True), "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=100), name="officer_share_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(kind=OfficerKind.PERSON), name="officer_born_is_a_person"
            ),
            _in_order("officer_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def share_text(self) -> str:
        """The share without zeros that say nothing."""
        return "" if self.share is None else f"{self.share.normalize():f}"

    def holds(self, on: date) -> bool:
        """Whether the person or company is there on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or self.until >= on)


class RelatedCompany(Record):
    """Another legal entity of the same family. It is never covered by the agency's certificate."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="related")
    kind = models.CharField(max_length=10, choices=RelationKind.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    registration_number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    registration_key = models.CharField(max_length=LONGEST_NUMBER * 3, editable=False, blank=True)
    country = models.CharField(max_length=2)
    # The same entity where it is enrolled here itself.
    enrolled = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="named_by"
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        verbose_name_plural = "related companies"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "country", "registration_key"],
                condition=~Q(registration_key=""),
                name="related_company_once",
            ),
            models.CheckConstraint(
                condition=Q(enrolled=None) | ~Q(enrolled=F("agency")), name="related_company_is_another"
            ),
            _in_order("related_company_dates_in_order"),
        ]
        indexes = [models.Index(fields=["country", "registration_key"])]

    def __str__(self) -> str:
        return self.name


class AgencyIdentifier(Record):
    """A number by which some register knows the agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=IdentifierScheme.choices)
    country = models.CharField(max_length=2, blank=True)
    value = models.CharField(max_length=LONGEST_NUMBER)
    key = models.CharField(max_length=LONGEST_NUMBER * 3, editable=False, db_index=True)

    class Meta:
        ordering = ["scheme", "country", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "scheme", "country", "key"], name="agency_identifier_once"
            )
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def warning(self) -> str:
        """What looks odd about the number; empty when nothing does or nothing can be checked."""
        return problem_with(self.scheme, self.value)

    @property
    def checkable(self) -> bool:
        """Whether its register has check digits that were looked at."""
        return self.scheme in WITH_CHECK_DIGITS


class BranchPerson(Record):
    """A person who may act for a branch."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=LONGEST_LINE)
    role = models.CharField(max_length=LONGEST_LINE)
    phone = models.CharField(max_length=40, blank=True)
    authority_reference = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [F("until").asc(nulls_first=True), "name", "id"]
        verbose_name_plural = "branch people"
        constraints = [_in_order("branch_person_dates_in_order")]

    def __str__(self) -> str:
        return self.name
