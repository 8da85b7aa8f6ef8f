"""The people of an audit, what they declared, and the plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iris.core.models import Record

from ..states import TeamRole
from .audit import Audit


class TeamMember(Record):
    """One auditor's place in the team."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="team")
    auditor = models.ForeignKey("audits_bodies.Auditor", on_delete=models.PROTECT, related_name="team_places")
    role = models.CharField(max_length=16, choices=TeamRole.choices)
    # Set by selectors.team_of().
    declaration: ConflictDeclaration | None = None

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["audit", "auditor"], name="once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.auditor_id}: {self.role}"


class ConflictDeclaration(Record):
    """What an auditor declared about independence, in the auditor's words."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="declarations")
    auditor = models.ForeignKey(
        "audits_bodies.Auditor", on_delete=models.PROTECT, related_name="declarations"
    )
    clear = models.BooleanField()
    text = models.TextField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "auditor"], name="one_declaration_per_auditor"),
            models.CheckConstraint(condition=~Q(text=""), name="declaration_is_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.auditor_id}: {self.clear}"
