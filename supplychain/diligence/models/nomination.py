"""Recruiters that employers would like to see certified: one row for each, one for every employer that asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES
from supplychain.diligence.permissions import invites
from supplychain.diligence.states import NomineeState, Source

STATE = NomineeState
WAITING = (STATE.NOMINATED, STATE.INVITED)


class Nominee(Record):
    """A recruiter without a certificate, whoever named it. The scheme sees how many employers did, not which."""

    agency = models.OneToOneField(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    key = models.CharField(max_length=400)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    token = models.CharField(max_length=43, unique=True)
    state = StateField(NomineeState, default=STATE.NOMINATED)
    state_reason = models.TextField(blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="diligence_nominee_once", fields=["key", "country"]),
            models.CheckConstraint(
                name="diligence_invited_is_dated",
                condition=~Q(state=STATE.INVITED) | Q(invited_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(
        field=state, source=[STATE.NOMINATED, STATE.INVITED], target=STATE.INVITED, permission=invites
    )
    def invite(self, *, by: Actor, at: datetime, email: str, **own: Any) -> None:
        """The scheme writes to its published address."""
        self.email, self.invited_at = email, at

    @transition(
        field=state,
        source=[STATE.NOMINATED, STATE.INVITED],
        target=STATE.SET_ASIDE,
        permission=invites,
        needs_reason=True,
    )
    def set_aside(self, *, by: Actor, at: datetime, why: str, **own: Any) -> None:
        """Not a recruiter that can be certified."""
        self.state_reason = why

    @transition(field=state, source=[STATE.SET_ASIDE], target=STATE.NOMINATED, permission=invites)
    def take_up(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """Looked at again."""
        self.state_reason = ""

    @transition(field=state, source=[STATE.NOMINATED, STATE.INVITED], target=STATE.DECLINED)
    def decline(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The agency asks not to be written to."""

    @transition(field=state, source=[*WAITING, STATE.DECLINED, STATE.SET_ASIDE], target=STATE.ENROLLED)
    def enrol(self, *, by: Actor, at: datetime, agency: Any, **own: Any) -> None:
        """It is on the register now."""
        self.agency = agency

    @transition(
        field=state,
        source=[*WAITING, STATE.ENROLLED, STATE.DECLINED, STATE.SET_ASIDE],
        target=STATE.CERTIFIED,
    )
    def certify(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """It holds a certificate."""


class Nomination(Record):
    """One employer's wish. Whose it is stays with the employer unless it says otherwise."""

    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="nominations")
    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.HAND)
    why = models.TextField(blank=True)
    named = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="diligence_nominated_once", fields=["nominee", "organisation"])
        ]

    def __str__(self) -> str:
        return self.name
