"""A dossier is drafted, then made: a frozen version whose copies can be built again to the byte."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from supplychain.dossiers.permissions import works_on
from supplychain.dossiers.states import DossierState, Profile, Scope

STATE = DossierState


class DossierSequence(models.Model):
    """The last number of a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Dossier(Record):
    """What one law asks, for a period and a part of the chain."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    law = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    period_from = models.DateField()
    period_to = models.DateField()
    scope = models.CharField(max_length=6, choices=Scope.choices, default=Scope.WHOLE)
    suppliers = models.JSONField(default=list)  # ids of parties of the chain, where chosen
    signed_by = models.CharField(max_length=200, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    profiles = models.JSONField(default=list)  # asked for, while it is being made
    made_at = models.DateTimeField(null=True, blank=True)
    state = StateField(DossierState, default=STATE.DRAFT)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="dossier_period_in_order", condition=Q(period_to__gte=F("period_from"))
            ),
            models.CheckConstraint(
                name="dossier_made_is_dated", condition=~Q(state=STATE.MADE) | Q(made_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @transition(field=state, source=[STATE.DRAFT], target=STATE.MAKING, permission=works_on)
    def make(self, *, by: Actor, at: datetime, profiles: list[str], **own: Any) -> None:
        """A job freezes it and builds its copies."""
        self.profiles = profiles

    @transition(field=state, source=[STATE.MAKING], target=STATE.MADE)
    def finish(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The version is frozen."""
        self.made_at = at

    @transition(field=state, source=[STATE.MADE], target=STATE.DRAFT, permission=works_on)
    def revise(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """A next version is drafted; the ones made stay."""


class Words(Record):
    """What the employer itself says to one question of the law, and the widest copy that shows it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="words")
    ask = models.CharField(max_length=20)
    text = models.TextField()
    audience = models.CharField(max_length=9, choices=Profile.choices, default=Profile.PUBLIC)

    class Meta:
        constraints = [models.UniqueConstraint(name="dossier_words_once", fields=["dossier", "ask"])]

    def __str__(self) -> str:
        return self.ask


class DossierVersion(Record):
    """The content as it was when it was made: canonical JSON and its hash. Every copy is built from it alone."""

    append_only = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="dossier_version_once", fields=["dossier", "number"]),
            models.CheckConstraint(
                name="dossier_version_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.number}"


class Copy(Record):
    """A version for one kind of reader: its PDF, its archive, and the hash that stands for all of it."""

    append_only = True

    version = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, related_name="copies")
    profile = models.CharField(max_length=9, choices=Profile.choices)
    top_sha256 = models.CharField(max_length=64, unique=True)
    pdf = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    archive = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(name="dossier_copy_once", fields=["version", "profile"])]

    def __str__(self) -> str:
        return f"{self.version_id} {self.profile}"
