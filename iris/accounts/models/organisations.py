"""Organisations and who belongs to them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.accounts import permissions
from iris.accounts.states import SELF_ENROLLED_KINDS, OrganisationKind, OrganisationState, Role
from iris.core.fsm import StateField, transition
from iris.core.models import Record

if TYPE_CHECKING:
    from iris.core.fsm import Actor


class Organisation(Record):
    """An organisation whose people work here."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    website = models.URLField(_("website"), blank=True)
    purpose = models.TextField(_("what for"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=40, blank=True)
    state = StateField(OrganisationState, default=OrganisationState.APPLIED)
    vetted_at = models.DateTimeField(null=True, blank=True, editable=False)
    vetted_by_id = models.UUIDField(null=True, blank=True, editable=False)
    vetted_by_label = models.CharField(max_length=200, blank=True, editable=False)
    refusal_reason = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="accounts_organisation_known_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=OrganisationState.APPLIED) | models.Q(vetted_at__isnull=True),
                name="accounts_organisation_applied_not_vetted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=OrganisationState.REFUSED)
                | (models.Q(vetted_at__isnull=False) & ~models.Q(refusal_reason="")),
                name="accounts_organisation_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=OrganisationState.ACTIVE)
                | models.Q(vetted_at__isnull=False)
                | models.Q(kind__in=SELF_ENROLLED_KINDS),
                name="accounts_organisation_admitted_by_the_scheme",
            ),
        ]
        indexes = [models.Index(fields=["kind", "state"], name="accounts_org_kind_state")]

    def __str__(self) -> str:
        return self.name

    @transition(
        field=state,
        source=[OrganisationState.APPLIED],
        target=OrganisationState.ACTIVE,
        permission=permissions.may_enrol_itself,
    )
    def enrol_itself(self, *, by: Actor, at: datetime) -> None:
        """Agencies come in by themselves."""

    @transition(
        field=state,
        source=[OrganisationState.APPLIED],
        target=OrganisationState.ACTIVE,
        permission=permissions.may_vet,
    )
    def admit(self, *, by: Actor, at: datetime) -> None:
        """The scheme lets it in."""
        self.vetted_at, self.vetted_by_id, self.vetted_by_label = at, by.id, by.label

    @transition(
        field=state,
        source=[OrganisationState.APPLIED],
        target=OrganisationState.REFUSED,
        permission=permissions.may_vet,
        needs_reason=True,
    )
    def refuse(self, *, by: Actor, at: datetime, words: str) -> None:
        """The scheme does not let it in, and says why."""
        self.vetted_at, self.vetted_by_id, self.vetted_by_label = at, by.id, by.label
        self.refusal_reason = words


class Membership(Record):
    """One person's role in one organisation; it ends, it is never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    active = models.BooleanField(_("active"), default=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="accounts_membership_once"),
            models.CheckConstraint(
                condition=models.Q(active=True, ended_at__isnull=True)
                | models.Q(active=False, ended_at__isnull=False),
                name="accounts_membership_end_agrees",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_membership_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"
