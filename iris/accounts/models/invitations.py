"""Invitations to join an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from iris.accounts import permissions
from iris.accounts.models.organisations import Organisation
from iris.accounts.states import InvitationState, Role
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

if TYPE_CHECKING:
    from iris.core.fsm import Actor


class Invitation(Record):
    """An e-mail address asked to join. The token itself is only in the e-mail; here is its hash."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clocks.now, editable=False)
    expires_at = models.DateTimeField()
    state = StateField(InvitationState, default=InvitationState.OPEN)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_invitation_email_small_letters"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(state=InvitationState.OPEN),
                name="accounts_invitation_one_open_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=InvitationState.OPEN,
                    accepted_at__isnull=True,
                    accepted_by__isnull=True,
                    revoked_at__isnull=True,
                )
                | models.Q(
                    state=InvitationState.ACCEPTED,
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                    revoked_at__isnull=True,
                )
                | models.Q(
                    state=InvitationState.REVOKED,
                    accepted_at__isnull=True,
                    accepted_by__isnull=True,
                    revoked_at__isnull=False,
                ),
                name="accounts_invitation_dates_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.state == InvitationState.OPEN and clocks.now() >= self.expires_at

    @transition(
        field=state,
        source=[InvitationState.OPEN],
        target=InvitationState.ACCEPTED,
        permission=permissions.may_accept_invitation,
    )
    def accept(self, *, by: Actor, at: datetime) -> None:
        """The invited person joins."""
        self.accepted_at, self.accepted_by_id = at, by.id

    @transition(
        field=state,
        source=[InvitationState.OPEN],
        target=InvitationState.REVOKED,
        permission=permissions.may_manage_invitation,
    )
    def revoke(self, *, by: Actor, at: datetime) -> None:
        """The organisation takes it back."""
        self.revoked_at = at
