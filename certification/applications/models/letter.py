"""Letters of the scheme, kept as they were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from ..states import LetterKind
from .application import Application


class Letter(Record):
    """One letter of the scheme to the agency. Its words never change; the PDF is made from this row."""

    append_only = True

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    language = models.CharField(max_length=10, default="en")
    addressee = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    edited = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="letter_numbered_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(subject=""), name="letter_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"

    @property
    def reference(self) -> str:
        """The number that stands on it."""
        return f"{self.application.number}/{self.number}"


class LetterFile(Record):
    """The PDF of a letter, made once by a worker after it was sent."""

    append_only = True

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="file_row")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.letter_id)
