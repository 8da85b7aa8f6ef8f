"""Signs of forced labour: what was seen and what is done next (R99). No field here says what it amounts to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from ..states import NextStep, Seen
from .evidence import Evidence


class SignRecord(Record):
    """One version of what the team wrote on one sign; the last one counts, the earlier ones stay."""

    append_only = True

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="signs")
    sign = models.CharField(max_length=2)
    version = models.PositiveSmallIntegerField()
    seen = models.CharField(max_length=12, choices=Seen.choices)
    saw = models.TextField(blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="signs", blank=True)
    next_step = models.CharField(max_length=12, choices=NextStep.choices, blank=True)
    step_text = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    why_no_critical = models.TextField(blank=True)
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "sign", "version"], name="sign_version_once"),
            models.CheckConstraint(
                condition=~Q(seen=Seen.YES)
                | (~Q(saw="") & ~Q(next_step="") & ~Q(owner="") & Q(due_on__isnull=False)),
                name="sign_seen_has_its_next_step",
            ),
            models.CheckConstraint(condition=Q(seen__in=Seen.values), name="sign_seen_is_one_of_three"),
        ]

    def __str__(self) -> str:
        return f"{self.sign}/{self.version}"


# What a version rests on is kept as it was, like the version itself.
SignRecord.evidence.through.append_only = True  # type: ignore[attr-defined] # read by iris.core.guards
