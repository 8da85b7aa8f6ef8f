"""Whom an agency resembles: what is compared, and the signals the scheme looks at. A signal is never a verdict."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from certification.agencies import permissions
from certification.agencies.models.agency import Agency
from certification.agencies.states import LikenessState, LikenessStrength
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record

LONGEST_REASON = 4000


class LikenessKey(models.Model):
    """One comparable fact of an agency (a phone, an address, a director). Made anew whenever the agency changes."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="likeness_keys")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=400)
    words = models.CharField(max_length=400)
    detail = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "key"], name="likeness_key_once_per_agency")
        ]
        indexes = [models.Index(fields=["kind", "key"], name="likeness_key_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class LikenessSignal(Record):
    """What two agencies have in common, in words, and what a person made of it. `agency` is the later one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="likenesses")
    other = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="likened_to")
    reasons = models.JSONField(default=list)
    points = models.PositiveSmallIntegerField()
    strength = models.CharField(max_length=8, choices=LikenessStrength.choices)
    seen_at = models.DateTimeField()
    state = StateField(LikenessState, default=LikenessState.OPEN)
    settled_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    settled_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # What was known when it was settled: more than that opens it again.
    settled_codes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-points", "-seen_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "other"], name="likeness_once_per_pair"),
            models.CheckConstraint(condition=~Q(agency=F("other")), name="likeness_of_two"),
            models.CheckConstraint(
                condition=Q(state=LikenessState.OPEN, settled_at=None, settled_by=None)
                | (
                    ~Q(state=LikenessState.OPEN)
                    & ~Q(settled_reason="")
                    & Q(settled_at__isnull=False, settled_by__isnull=False)
                ),
                name="likeness_settled_by_someone_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "-points"])]

    def __str__(self) -> str:
        return f"{self.agency_id} ~ {self.other_id}"

    def _settle(self, by: Actor, at: datetime, why: str) -> None:
        self.settled_by_id, self.settled_at, self.settled_reason = by.id, at, why
        self.settled_codes = sorted(str(each["code"]) for each in self.reasons)

    @transition(
        field=state,
        source=[LikenessState.OPEN],
        target=LikenessState.EXPLAINED,
        permission=permissions.may_settle_likeness,
        needs_reason=True,
    )
    def explain(self, *, by: Actor, at: datetime, why: str) -> None:
        """There is a link and a good account of it: declared sister companies, a director who moved on."""
        self._settle(by, at, why)

    @transition(
        field=state,
        source=[LikenessState.OPEN],
        target=LikenessState.DISMISSED,
        permission=permissions.may_settle_likeness,
        needs_reason=True,
    )
    def dismiss(self, *, by: Actor, at: datetime, why: str) -> None:
        """There is no link: namesakes, a shared office building."""
        self._settle(by, at, why)

    @transition(
        field=state,
        source=[LikenessState.OPEN],
        target=LikenessState.UPHELD,
        permission=permissions.may_settle_likeness,
        needs_reason=True,
    )
    def uphold(self, *, by: Actor, at: datetime, why: str) -> None:
        """The link is real and matters. What follows is decided elsewhere, by people, with reasons."""
        self._settle(by, at, why)

    @transition(
        field=state,
        source=[LikenessState.EXPLAINED, LikenessState.DISMISSED, LikenessState.UPHELD],
        target=LikenessState.OPEN,
        permission=permissions.may_settle_likeness,
    )
    def look_again(self, *, by: Actor, at: datetime) -> None:
        """Something new was found, or somebody wants to look again."""
        self.settled_by_id, self.settled_at, self.settled_reason = None, None, ""
        self.settled_codes = []

    @property
    def reasons_in_order(self) -> list[dict[str, Any]]:
        """The weightiest reason first."""
        return sorted(self.reasons, key=lambda each: -int(each.get("points", 0)))
