"""A disagreement on record: the agency's words, the auditors' answer, the agency's last word (R40)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from ..states import Side


class Position(Record):
    """What one side said about a finding. Nothing is rewritten; who answers adds a turn."""

    append_only = True

    finding = models.ForeignKey("audits_findings.Finding", on_delete=models.PROTECT, related_name="positions")
    turn = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    words = models.TextField()
    # None only for what was said before there were turns and whose event is gone.
    said_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["finding", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "turn"], name="position_turn_once"),
            models.CheckConstraint(condition=~Q(words=""), name="position_is_in_words"),
            models.CheckConstraint(
                condition=Q(turn__in=[1, 3], side=Side.AGENCY) | Q(turn=2, side=Side.AUDITOR),
                name="position_turns_alternate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}/{self.turn}"
