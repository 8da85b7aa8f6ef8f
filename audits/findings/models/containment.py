"""What an agency did at once about a critical finding."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions
from ..states import CONTAINED, ContainmentState

C = ContainmentState


class Containment(Record):
    """What was done at once, and when; one that is sent back stays, the next is a new round."""

    finding = models.ForeignKey(
        "audits_findings.Finding", on_delete=models.PROTECT, related_name="containments"
    )
    round = models.PositiveSmallIntegerField()
    state = StateField(ContainmentState, default=C.RECORDED)
    done = models.TextField()
    done_on = models.DateField()
    file = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["finding", "round"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "round"], name="containment_round_once"),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(state__in=CONTAINED), name="containment_stands_once"
            ),
            models.CheckConstraint(condition=~Q(done=""), name="containment_says_what_was_done"),
            models.CheckConstraint(
                condition=Q(state=C.RECORDED) | Q(judged_at__isnull=False), name="containment_judged_when"
            ),
            models.CheckConstraint(
                condition=~Q(state=C.RETURNED) | ~Q(returned_reason=""),
                name="containment_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}/{self.round}"

    @property
    def stands(self) -> bool:
        """Whether the clock of containment rests: it was sent in and not sent back."""
        return self.state in CONTAINED

    @transition(
        field=state, source=C.RECORDED, target=C.ACCEPTED, permission=permissions.may_judge_containment
    )
    def accept(self, *, by: Any, at: datetime) -> None:
        """The auditor finds that the harm is stopped."""
        self.judged_at = at

    @transition(
        field=state,
        source=C.RECORDED,
        target=C.RETURNED,
        permission=permissions.may_judge_containment,
        needs_reason=True,
    )
    def send_back(self, *, by: Any, at: datetime, because: str) -> None:
        """The auditor finds that it does not stop the harm."""
        self.judged_at = at
        self.returned_reason = because
