"""Add parties and links."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import events
from iris.core.errors import BadInput, NotPermitted
from supplychain.chains.models import Link, Party
from supplychain.chains.models.parties import NAME_LENGTH
from supplychain.chains.services.changing import changing, note_version, own
from supplychain.chains.states import Claim, PartyKind


@transaction.atomic
def add_party(
    *, actor: User, kind: PartyKind, name: str, country: str = "", agency: Agency | None = None
) -> Party:
    """Add a party to the employer's chain; the same one twice is the same one. Raises NotPermitted, BadInput."""
    organisation = own(actor)
    if not name.strip() or len(name) > NAME_LENGTH:
        raise BadInput(fields={"name": [_("Give the name, at most 300 characters.")]})
    with changing(organisation):
        party, made = Party.objects.get_or_create(
            organisation=organisation,
            kind=kind,
            name=name.strip(),
            country=country,
            gone_at=None,
            defaults={"agency": agency},
        )
        if made:
            note_version(party)
            events.record(party, act="added", actor=actor, data={"kind": str(kind)})
    return party


@transaction.atomic
def add_link(
    *,
    actor: User,
    upper: Party,
    lower: Party,
    since: date,
    workers: int | None = None,
    claim: Claim = Claim.DECLARED,
    how: str = "",
) -> Link:
    """Say that `upper` gets workers through `lower`. Raises NotPermitted, BadInput (another's party, itself)."""
    organisation = own(actor)
    if {upper.organisation_id, lower.organisation_id} != {organisation.pk}:
        raise NotPermitted()
    if upper.pk == lower.pk:
        raise BadInput(fields={"lower": [_("A party cannot stand below itself. Choose another one.")]})
    with changing(organisation):
        link, made = Link.objects.get_or_create(
            upper=upper,
            lower=lower,
            since=since,
            replaced_at=None,
            defaults={
                "organisation": organisation,
                "workers": workers,
                "claim": claim,
                "verified_how": how or (_("Verified when it was entered") if claim == Claim.VERIFIED else ""),
            },
        )
        if made:
            events.record(link, act="added", actor=actor, data={"claim": str(claim)})
    return link
