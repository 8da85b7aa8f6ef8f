"""What was seen on each indicator, and with how many people was spoken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from ..states import IntervieweeKind, NoteOrigin, Rating, Stage
from .audit import Audit


class IndicatorNote(Record):
    """What an auditor saw on one indicator in one stage. Internal: the agency never reads it."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="notes")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="notes"
    )
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    rating = models.CharField(max_length=16, choices=Rating.choices)
    note = models.TextField(blank=True)
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    # Counts its changes; whoever saves says which version they had before them.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "indicator", "stage"], name="one_note_per_indicator_and_stage"
            ),
            models.CheckConstraint(
                condition=Q(rating__in=[Rating.MEETS, Rating.CHECK]) | ~Q(note=""),
                name="rating_below_meets_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SITE) | ~Q(rating=Rating.CHECK),
                name="stage_2_leaves_nothing_to_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.rating}"


class NoteVersion(Record):
    """One version of what was written on an indicator: by whom, when, and by which way it came."""

    append_only = True

    note = models.ForeignKey(IndicatorNote, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    rating = models.CharField(max_length=16, choices=Rating.choices)
    text = models.TextField(blank=True)
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=NoteOrigin.choices, default=NoteOrigin.DESK)

    class Meta:
        ordering = ["note", "version"]
        constraints = [
            models.UniqueConstraint(fields=["note", "version"], name="note_version_once"),
            models.CheckConstraint(condition=Q(version__gt=0), name="note_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}/{self.version}"


class NoteDraft(Record):
    """What one auditor typed and could not save yet: a rating without its note, a note without a rating, a clash."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="note_drafts")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="note_drafts"
    )
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=16, choices=Rating.choices, blank=True)
    text = models.TextField(blank=True)
    base = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "indicator", "stage", "author"], name="one_draft_per_author_and_note"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.author_id}"


class InterviewCount(Record):
    """How many people of one kind were spoken with. No names, by design."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="interviews")
    kind = models.CharField(max_length=16, choices=IntervieweeKind.choices)
    held = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "kind"], name="one_count_per_kind"),
            models.CheckConstraint(condition=Q(held__gt=0) | ~Q(note=""), name="no_interview_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.held}"
