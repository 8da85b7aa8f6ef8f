"""What hangs on a case: who may read it, the scheme's own notes, the numbers given."""

from __future__ import annotations

from django.db import models

from iris.core.models import Record

from .application import LONGEST_TEXT, Application


class CaseAccess(Record):
    """An audit firm that may read a case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="accesses")
    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "organisation"], name="case_access_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} reads {self.application_id}"


class ApplicationSequence(models.Model):
    """The last number given in a year; its row is locked while the next is taken."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class CaseNote(Record):
    """What people of the scheme tell each other about a case. Neither the agency nor auditors read it."""

    append_only = True

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=LONGEST_TEXT)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="case_note_says_something")]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.application_id}"
