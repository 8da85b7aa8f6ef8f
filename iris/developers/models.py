"""A developer asks the scheme for live keys."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iris.accounts.states import ApiScope
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.developers.permissions import may_answer, may_withdraw
from iris.developers.states import LiveRequestState

STATE = LiveRequestState
LONGEST = 2_000


class LiveRequest(Record):
    """What the software does, which scopes it needs, how often it calls; and what the scheme said."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(_("what the software does"), max_length=LONGEST)
    scopes = ArrayField(models.CharField(max_length=40, choices=ApiScope.choices))
    calls_a_day = models.PositiveIntegerField(_("calls a day, about"))
    state = StateField(LiveRequestState, default=STATE.ASKED)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by_label = models.CharField(max_length=200, blank=True, editable=False)
    reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state=STATE.ASKED), name="live_request_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=STATE.ASKED, ended_at__isnull=True)
                | (~Q(state=STATE.ASKED) & Q(ended_at__isnull=False)),
                name="live_request_ended_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=STATE.REFUSED) | ~Q(reason=""), name="live_request_refused_with_reason"
            ),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="live_request_has_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"

    @property
    def scope_labels(self) -> list[str]:
        """What it would read, in words."""
        return [str(ApiScope(one).label) for one in self.scopes]

    @transition(field=state, source=[STATE.ASKED], target=STATE.ACCEPTED, permission=may_answer)
    def accept(self, *, by: Actor, at: datetime) -> None:
        """Live keys may be issued for these scopes."""
        self.ended_at, self.answered_by_label = at, by.label

    @transition(
        field=state, source=[STATE.ASKED], target=STATE.REFUSED, permission=may_answer, needs_reason=True
    )
    def refuse(self, *, by: Actor, at: datetime, words: str) -> None:
        """Not like this; the reason says what would help."""
        self.ended_at, self.answered_by_label, self.reason = at, by.label, words

    @transition(field=state, source=[STATE.ASKED], target=STATE.WITHDRAWN, permission=may_withdraw)
    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Taken back by who asked."""
        self.ended_at = at
