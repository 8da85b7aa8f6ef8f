"""The feed of changed names, written by triggers, and what people decided about names alike."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record
from supplychain.names.states import Verdict

LONGEST_TEXT = 400
LONGEST_KEY = 900
LONGEST_NOTE = 400


class NameChange(models.Model):
    """An agency whose names, country or enrolment changed. Written by triggers only, so that plain SQL is seen too.

    `txid` is the transaction that wrote it: numbers of rows may be taken in one order and committed in another, so a
    reader asks which transactions it could not see before, never for "rows after number n" (ADR 34).
    """

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    txid = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.txid}"


class MatchDecision(Record):
    """One word of an organisation about a name as written and an agency. Only ever added to."""

    append_only = True

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    text = models.CharField(max_length=LONGEST_TEXT)
    key = models.CharField(max_length=LONGEST_KEY)
    country = models.CharField(max_length=2, blank=True)
    agency = models.ForeignKey("certification_agencies.Agency", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation", "key"], name="match_decision_of_key")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.FORGOTTEN, undoes__isnull=False)
                | (~Q(verdict=Verdict.FORGOTTEN) & Q(undoes__isnull=True)),
                name="match_decision_forgotten_names_what",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="match_decision_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.verdict}"

    @property
    def verdict_member(self) -> Verdict:
        """The verdict as its member, for state tags."""
        return Verdict(self.verdict)

    @property
    def taken_back(self) -> MatchDecision | None:
        """The row that took it back."""
        return getattr(self, "undone_by", None)

    @property
    def counts(self) -> bool:
        """Whether it is a choice that still stands."""
        return self.verdict != Verdict.FORGOTTEN and self.taken_back is None
