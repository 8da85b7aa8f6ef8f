"""Organisations: coming here, being vetted, changing their facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts import permissions
from iris.accounts.models import Membership, Organisation, User
from iris.accounts.selectors import members_of, people_of, scheme_organisation
from iris.accounts.services.members import add_member
from iris.accounts.services.people import register_person
from iris.accounts.services.telling import tell
from iris.accounts.states import (
    APPLYING_KINDS,
    FIRST_ROLE,
    SELF_ENROLLED_KINDS,
    OrganisationKind,
    OrganisationState,
    Role,
)
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.core.places import is_country

# The same form sent twice within this time is one application.
REPEAT = timedelta(minutes=1)


@dataclass(frozen=True)
class OrganisationFacts:
    """What an applying organisation says about itself."""

    kind: str
    name: str
    country: str
    website: str = ""
    purpose: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@transaction.atomic
def create_organisation(kind: str, name: str, country: str, actor: Any = None, **facts: str) -> Organisation:
    """Bring an organisation here: agencies (and the scheme itself) are active at once, others vetted."""
    if not name.strip():
        raise BadInput(fields={"name": [_("Enter the organisation's name.")]})
    if not is_country(country):
        raise BadInput(fields={"country": [_("Choose a country.")]})
    by = actor or events.SYSTEM
    organisation = Organisation.objects.create(kind=str(kind), name=name.strip(), country=country, **facts)
    if organisation.kind in SELF_ENROLLED_KINDS:
        act(organisation.enrol_itself, actor=by)
    else:
        events.record(organisation, act="applied", actor=by, to_state=OrganisationState.APPLIED)
    return organisation


@transaction.atomic
def apply_organisation(*, actor: User, facts: OrganisationFacts) -> Organisation:
    """Ask the scheme to admit an organisation; the person who asks becomes its first member.

    Raises BadInput, and Conflict when this person already asked for the same organisation.
    """
    if facts.kind not in APPLYING_KINDS:
        raise BadInput(fields={"kind": [_("Choose what your organisation is here for.")]})
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    waiting = Membership.objects.filter(
        user_id=actor.pk,
        active=True,
        organisation__kind=facts.kind,
        organisation__name__iexact=facts.name.strip(),
        organisation__state=OrganisationState.APPLIED,
    )
    earlier = waiting.select_related("organisation").order_by("-created_at").first()
    if earlier is not None and clocks.now() - earlier.created_at < REPEAT:
        return earlier.organisation
    if earlier is not None:
        raise Conflict(
            _("You asked for this organisation on %(when)s. The scheme is looking at it.")
            % {"when": in_words(earlier.created_at)}
        )
    organisation = create_organisation(
        facts.kind,
        facts.name,
        facts.country,
        actor,
        website=facts.website,
        purpose=facts.purpose,
        contact_name=facts.contact_name,
        contact_email=facts.contact_email,
        contact_phone=facts.contact_phone,
    )
    add_member(organisation, actor, FIRST_ROLE[organisation.kind], actor)
    scheme = scheme_organisation()
    if scheme is not None:
        _tell(
            list(people_of(scheme, Role.SCHEME_MANAGER)),
            "accounts/organisation_applied",
            organisation,
            url=f"/scheme/organisations/{organisation.pk}/",
        )
    return organisation


@transaction.atomic
def vet_organisation(
    organisation_id: UUID | str, actor: User, accept: bool, reason: str = ""
) -> Organisation:
    """The scheme admits an organisation or refuses it with a reason; its people are told.

    Raises Conflict (somebody vetted it first), NotPermitted, ReasonRequired.
    """
    organisation = lock(Organisation, organisation_id)
    if accept:
        act(organisation.admit, actor=actor, reason=reason)
        template = "accounts/organisation_admitted"
    else:
        act(organisation.refuse, actor=actor, reason=reason, words=reason.strip())
        template = "accounts/organisation_refused"
    _tell(
        [member.user for member in members_of(organisation)],
        template,
        organisation,
        url="/start/",
        reason=reason,
    )
    return organisation


@transaction.atomic
def change_facts(
    *,
    organisation_id: UUID | str,
    actor: User,
    website: str,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
) -> Organisation:
    """Change how an organisation is reached. Its name and kind stay as the scheme vetted them."""
    organisation = lock(Organisation, organisation_id)
    if not permissions.may_manage_people(organisation, actor):
        raise NotPermitted()
    before = (
        organisation.website,
        organisation.contact_name,
        organisation.contact_email,
        organisation.contact_phone,
    )
    after = (website.strip(), contact_name.strip(), contact_email.strip(), contact_phone.strip())
    if before == after:
        return organisation
    (
        organisation.website,
        organisation.contact_name,
        organisation.contact_email,
        organisation.contact_phone,
    ) = after
    organisation.save(update_fields=["website", "contact_name", "contact_email", "contact_phone"])
    events.record(organisation, act="facts_changed", actor=actor)
    return organisation


@transaction.atomic
def found_scheme(*, name: str, country: str, email: str, full_name: str) -> tuple[Organisation, User]:
    """Set up the scheme and its first manager on an empty machine. Raises Conflict when there is a scheme already."""
    if scheme_organisation() is not None:
        raise Conflict(_("There is a scheme already. Its managers invite further people."))
    person = register_person(email, full_name, verified=True)
    scheme = create_organisation(OrganisationKind.SCHEME, name, country)
    add_member(scheme, person, Role.SCHEME_MANAGER)
    return scheme, person


@transaction.atomic
def take_name(*, organisation_id: UUID | str, actor: User, name: str, country: str) -> Organisation:
    """Follow a change of an agency's legal name or country, made in the room of agencies."""
    organisation = lock(Organisation, organisation_id)
    if not permissions.may_follow_the_agency(organisation, actor):
        raise NotPermitted()
    if (organisation.name, organisation.country) != (name, country):
        organisation.name, organisation.country = name[:200], country
        organisation.save(update_fields=["name", "country"])
        events.record(organisation, act="renamed", actor=actor)
    return organisation


def _tell(
    people: Iterable[User], template: str, organisation: Organisation, *, url: str, reason: str = ""
) -> None:
    tell(
        people,
        template,
        url=url,
        organisation=organisation.name,
        kind=str(organisation.get_kind_display()),
        reason=reason.strip(),
    )
