"""The catalogue of courses and the organisations that may give them: the scheme manager's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.training.models import CatalogueEntry, Provider
from certification.training.permissions import looks_after_catalogue
from certification.training.rules import rule_of
from certification.training.states import Level
from iris.accounts.models import Organisation
from iris.accounts.states import OrganisationKind, OrganisationState
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def add_entry(*, actor: User, code: str, title: str, level: str, hours: int, about: str) -> CatalogueEntry:
    """A new kind of course. Its hours have to be what its level asks for."""
    _require_manager(actor)
    if CatalogueEntry.objects.filter(code__iexact=code.strip()).exists():
        raise BadInput(fields={"code": [_("There is a course with this code. Choose another.")]})
    asked = rule_of(Level(level), clocks.today()).hours
    if hours < asked:
        raise BadInput(
            fields={"hours": [_("A course at this level has at least %(asked)s hours.") % {"asked": asked}]}
        )
    row = CatalogueEntry.objects.create(
        code=code.strip().upper(), title=title.strip(), level=level, hours=hours, about=about.strip()
    )
    events.record(row, act="added", actor=actor, data={"level": level, "hours": hours})
    return row


@transaction.atomic
def retire_entry(*, entry_id: UUID, actor: User) -> CatalogueEntry:
    """No further courses of this kind; those there are go on and count."""
    _require_manager(actor)
    row = lock(CatalogueEntry, entry_id)
    if row.retired_on is not None:
        raise Conflict(_("This course was retired already."))
    row.retired_on = clocks.today()
    row.save(update_fields=["retired_on"])
    events.record(row, act="retired", actor=actor)
    return row


@transaction.atomic
def approve_provider(*, organisation_id: UUID, actor: User, until: date | None = None) -> Provider:
    """Let an admitted training provider give courses from today, until a day or for as long as it is good."""
    _require_manager(actor)
    organisation = Organisation.objects.get(pk=organisation_id)
    if (
        organisation.kind != OrganisationKind.TRAINING_PROVIDER
        or organisation.state != OrganisationState.ACTIVE
    ):
        raise BadInput(
            fields={
                "organisation": [_("Only a training provider that the scheme has admitted gives courses.")]
            }
        )
    if until is not None and until < clocks.today():
        raise BadInput(fields={"until": [_("This day has passed. Give a later day or leave it empty.")]})
    row, made = Provider.objects.get_or_create(
        organisation=organisation, defaults={"approved_from": clocks.today(), "approved_until": until}
    )
    if not made:
        if row.approved_on(clocks.today()):
            raise Conflict(_("%(name)s is approved already.") % {"name": organisation.name})
        row.approved_from, row.approved_until, row.ended_reason = clocks.today(), until, ""
        row.save()
    events.record(row, act="approved", actor=actor)
    return row


@transaction.atomic
def end_provider(*, provider_id: UUID, actor: User, reason: str) -> Provider:
    """From tomorrow no course of this provider may be announced; courses that are open go on."""
    _require_manager(actor)
    row = lock(Provider, provider_id)
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why the approval ends. The provider reads it.")]})
    row.approved_until, row.ended_reason = clocks.today(), reason.strip()
    row.save()
    events.record(row, act="ended", actor=actor, reason=reason.strip())
    return row


def _require_manager(actor: User) -> None:
    if not looks_after_catalogue(None, actor):
        raise NotPermitted(_("Only a scheme manager looks after the catalogue and the providers."))
