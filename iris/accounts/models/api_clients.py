"""API keys of an organisation."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.accounts import permissions
from iris.accounts.models.organisations import Organisation
from iris.accounts.states import ApiClientState, ApiMode, ApiScope
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

if TYPE_CHECKING:
    from iris.core.fsm import Actor


class ApiClient(Record):
    """A program that reads the API for an organisation.

    A key is `iris` and twelve hexadecimal digits, a dot, and 43 letters, digits, `-` or `_`: those who search what was
    published by mistake know one when they see it.

    The secret is 256 random bits, so a plain SHA-256 of it is safe to keep: there is nothing to guess that a
    slow hash would protect (slow hashes are for passwords that people choose), and every request checks it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_clients")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(max_length=16, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    # The key before the last rotation: it opens until its hours are over.
    old_secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    old_until = models.DateTimeField(null=True, blank=True, editable=False)
    mode = models.CharField(_("opens"), max_length=10, choices=ApiMode.choices, default=ApiMode.LIVE)
    scopes = ArrayField(models.CharField(max_length=40, choices=ApiScope.choices), verbose_name=_("may read"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    state = StateField(ApiClientState, default=ApiClientState.ISSUED)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ApiClientState.ISSUED, revoked_at__isnull=True)
                | models.Q(state=ApiClientState.REVOKED, revoked_at__isnull=False),
                name="accounts_api_client_dates_agree",
            ),
            models.CheckConstraint(
                condition=models.Q(old_until__isnull=True, old_secret_hash="")
                | (models.Q(old_until__isnull=False) & ~models.Q(old_secret_hash="")),
                name="accounts_api_client_old_key_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=ApiMode.values), name="accounts_api_client_known_mode"
            ),
            models.CheckConstraint(
                condition=models.Q(scopes__len__gt=0), name="accounts_api_client_has_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.state == ApiClientState.ISSUED and clocks.now() >= self.expires_at

    @property
    def sandbox(self) -> bool:
        """Whether it opens fixed records only. Whatever is no live key is treated as one of the sandbox."""
        return self.mode != ApiMode.LIVE

    @property
    def overlaps(self) -> bool:
        """Whether the key before still opens beside the new one."""
        return self.old_until is not None and clocks.now() < self.old_until

    def opens_with(self, fingerprint: str) -> bool:
        """Whether a secret of this fingerprint is this key's, or its last one's in its last hours."""
        fits = self.opens_as_new(fingerprint)
        return fits or (self.overlaps and compare_digest(self.old_secret_hash, fingerprint))

    def opens_as_new(self, fingerprint: str) -> bool:
        """Whether a secret of this fingerprint is this key's own, not the one before."""
        return compare_digest(self.secret_hash, fingerprint)

    def allows(self, scope: str) -> bool:
        """Whether this key may do what the scope names."""
        return scope in self.scopes

    @transition(
        field=state,
        source=[ApiClientState.ISSUED],
        target=ApiClientState.REVOKED,
        permission=permissions.may_revoke_api_client,
    )
    def revoke(self, *, by: Actor, at: datetime) -> None:
        """The key opens nothing any more."""
        self.revoked_at = at
