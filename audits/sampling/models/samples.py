"""A sample: its strata, the places drawn, what became of them, and who opened a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions, rules
from ..rules import SampleRule
from ..states import ItemResult, MemberState, Way, WhyReplaced
from .frames import Frame, FrameMember, FrameVersion, Stratum

M = MemberState


class Sample(Record):
    """What was drawn from one list: once, by a rule and a seed that are kept with it."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="samples")
    version = models.OneToOneField(FrameVersion, on_delete=models.PROTECT, related_name="sample")
    floor = models.PositiveIntegerField()
    share = models.PositiveIntegerField()
    cap = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    nonce = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    seed = models.CharField(max_length=32)
    drawn_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__lte=F("population")), name="sample_within_its_list"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.size} of {self.population}"

    @property
    def rule(self) -> SampleRule:
        """The rule it was drawn by."""
        return SampleRule(self.floor, self.share, self.cap)


class SampleStratum(Stratum, Record):
    """A stratum of a sample: how many are on the list, how many the rule drew, how many are wanted now."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="strata")
    number = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    by_rule = models.PositiveIntegerField()
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="strata_are_numbered"),
            models.CheckConstraint(
                condition=Q(size__lte=F("population")), name="sample_never_larger_than_stratum"
            ),
            models.CheckConstraint(condition=Q(by_rule__lte=F("size")), name="stratum_is_only_ever_raised"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.size} of {self.population}"


class SampleMember(Record):
    """A place in the draw. `place` counts in the order of the draw within its stratum, from 1."""

    first_states = (M.DRAWN, M.RESERVE)

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="members")
    stratum = models.ForeignKey(SampleStratum, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(FrameMember, on_delete=models.PROTECT, related_name="places")
    place = models.PositiveIntegerField()
    way = models.CharField(max_length=16, choices=Way.choices)
    state = StateField(MemberState, default=MemberState.DRAWN)
    result = models.CharField(max_length=16, choices=ItemResult.choices, blank=True)
    result_note = models.TextField(blank=True)
    result_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    result_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stratum__number", "place"]
        constraints = [
            models.UniqueConstraint(fields=["stratum", "place"], name="places_are_numbered"),
            models.UniqueConstraint(fields=["sample", "member"], name="drawn_once"),
            models.CheckConstraint(
                condition=Q(result__in=["", ItemResult.IN_ORDER]) | ~Q(result_note=""),
                name="item_not_in_order_says_what",
            ),
        ]

    def __str__(self) -> str:
        return self.short_key

    @property
    def short_key(self) -> str:
        """What it is called where nobody is named."""
        return self.member.key[: rules.KEY_SHOWN]

    @transition(field=state, source=M.RESERVE, target=M.DRAWN, permission=permissions.may_work_member)
    def take_in(self, *, by: Any, at: datetime) -> None:
        """Take the place from the reserve into the sample."""

    @transition(
        field=state,
        source=M.DRAWN,
        target=M.REPLACED,
        permission=permissions.may_work_member,
        needs_reason=True,
    )
    def replace(self, *, by: Any, at: datetime) -> None:
        """Give the place up for a reason; it stays on record."""


class Replacement(Record):
    """Why a place was given up, and which one stands for it now; none when the stratum had nobody left."""

    append_only = True

    given_up = models.OneToOneField(SampleMember, on_delete=models.PROTECT, related_name="replacement")
    taken = models.OneToOneField(
        SampleMember, on_delete=models.PROTECT, related_name="stands_for", null=True, blank=True
    )
    reason = models.CharField(max_length=16, choices=WhyReplaced.choices)
    note = models.TextField(blank=True)
    actor = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=WhyReplaced.OTHER) | ~Q(note=""), name="other_reason_is_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_up_id}: {self.reason}"


class StratumRaise(Record):
    """The lead auditor wanted more of a stratum than the rule gives."""

    append_only = True

    stratum = models.ForeignKey(SampleStratum, on_delete=models.PROTECT, related_name="raises")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    reason = models.TextField()
    actor = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(after__gt=F("before")), name="raise_goes_up"),
            models.CheckConstraint(condition=~Q(reason=""), name="raise_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.stratum_id}: {self.before} to {self.after}"


class IdentityOpened(Record):
    """Somebody opened a name: who, when, what for. Never the name."""

    append_only = True

    member = models.ForeignKey(SampleMember, on_delete=models.PROTECT, related_name="openings")
    actor = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="name_opened_for_a_purpose")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.actor_id}"
