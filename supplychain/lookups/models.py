"""The record of one check. It is its own receipt: append-only, hashed, and enough to print it again years later."""

from django.db import models
from django.db.models import Q

from iris.core.models import Record
from supplychain.lookups.states import How, Look, LookupOutcome, Relationship, Via, look_of

LONGEST_QUERY = 400


class Lookup(Record):
    """One check: the question, what was shown, and the SHA-256 of its canonical JSON (`snapshot`)."""

    append_only = True

    number = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=10, choices=Via.choices)
    text = models.CharField(max_length=LONGEST_QUERY)
    outcome = models.CharField(max_length=10, choices=LookupOutcome.choices)
    how = models.CharField(max_length=16, choices=How.choices, blank=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the agency is to who asks, the past day that was asked for, and the headline that was shown.
    relationship = models.CharField(max_length=12, choices=Relationship.choices, blank=True)
    asked_for = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="lookup_of_organisation"),
            models.Index(fields=["agency", "-created_at"], name="lookup_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(outcome=LookupOutcome.FOUND) & Q(agency__isnull=False) & ~Q(how=""))
                | (~Q(outcome=LookupOutcome.FOUND) & Q(agency__isnull=True)),
                name="lookup_found_names_an_agency",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="lookup_has_hash"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def outcome_member(self) -> LookupOutcome:
        """The outcome as its member, for state tags."""
        return LookupOutcome(self.outcome)

    @property
    def look(self) -> Look:
        """The headline that was shown, with its tone, for lists."""
        return look_of(self.verdict or self.outcome)

    @property
    def relationship_label(self) -> str:
        """The relationship in words; empty when none was given."""
        return str(Relationship(self.relationship).label) if self.relationship else ""


class ReceiptPdf(Record):
    """The rendered receipt. It can be dropped and made again from the snapshot."""

    lookup = models.OneToOneField(Lookup, on_delete=models.PROTECT, related_name="receipt_pdf")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.lookup_id)
