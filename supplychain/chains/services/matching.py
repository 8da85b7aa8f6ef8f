"""Say which agency of the register a recruiter is: it counts in every room of the organisation, and can be undone."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import enrolled_agencies
from iris.accounts.models import Organisation, User
from iris.core import events
from iris.core.errors import BadInput
from supplychain.chains.models import Party
from supplychain.chains.services.changing import changing, note_version, own
from supplychain.chains.services.writing import own_party
from supplychain.chains.states import INTERMEDIARIES
from supplychain.names.selectors import key_of, still_counting
from supplychain.names.services import forget_all, remember
from supplychain.names.states import Verdict


@transaction.atomic
def resolve_party(
    *,
    party_id: UUID,
    actor: User,
    agency_id: UUID | None,
    refused: Collection[UUID] = (),
    note: str = "",
) -> Party:
    """Say which agency of the register a recruiter is, or that it is none. A person decides this, never a likeness.

    What is said is remembered under the party's name for every later check and screening of the organisation:
    `agency_id` as the one, or, where it is None, the `refused` ones as not the one. An earlier word is taken back.
    """
    organisation = own(actor)
    with changing(organisation):
        party = _open_party(party_id, organisation)
        agency = enrolled_agencies().filter(pk=agency_id).first() if agency_id else None
        if agency_id and agency is None:
            raise BadInput(_("Choose one of the agencies listed."))
        same = party.agency_id == (agency.pk if agency else None)
        if same and (still_counting(party.decisions) or not (agency or refused)):
            return party
        forget_all(party.decisions, actor)
        party.agency = agency
        party.decisions = _remembered(party, organisation, actor, agency, refused, note)
        party.save(update_fields=["agency", "decisions"])
        if not same:
            note_version(party)
        data = {"agency": str(agency.pk) if agency else "", "decisions": party.decisions}
        act = "resolved" if agency else "unresolved"
        events.record(party, act=act, actor=actor, reason=note, data=data)
    return party


@transaction.atomic
def undo_match(*, party_id: UUID, actor: User) -> Party:
    """Take back what was said of a party: it is matched with nobody, and its name is judged afresh everywhere."""
    organisation = own(actor)
    with changing(organisation):
        party = _open_party(party_id, organisation)
        if party.agency_id is None and not still_counting(party.decisions):
            raise BadInput(_("“%(name)s” is matched with no agency; nothing to undo.") % {"name": party.name})
        forget_all(party.decisions, actor)
        matched = party.agency_id is not None
        party.agency, party.decisions = None, []
        party.save(update_fields=["agency", "decisions"])
        if matched:
            note_version(party)
        events.record(party, act="match_undone", actor=actor)
    return party


def _open_party(party_id: UUID, organisation: Organisation) -> Party:
    party = own_party(party_id, organisation)
    if party.kind not in INTERMEDIARIES:
        raise BadInput(_("Only recruiters and sub-agents stand on the register."))
    if party.confidential:
        raise BadInput(_("The supplier keeps this name, so it is matched by the supplier alone."))
    return party


def _remembered(
    party: Party,
    organisation: Organisation,
    actor: User,
    agency: Agency | None,
    refused: Collection[UUID],
    note: str,
) -> list[str]:
    """Tell the shared memory of names; a party that nobody has named has no name to remember."""
    if party.nameless or not key_of(party.name)[0]:
        return []
    said = (
        [(Verdict.SAME, agency.pk)] if agency else [(Verdict.NOT_SAME, one) for one in dict.fromkeys(refused)]
    )
    return [
        str(
            remember(
                organisation=organisation,
                actor=actor,
                text=party.name,
                country=party.country,
                verdict=verdict,
                agency_id=agency_id,
                note=note,
            ).pk
        )
        for verdict, agency_id in said
    ]
