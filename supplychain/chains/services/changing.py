"""What every change of a chain has in common: the employer's own, one at a time, counted, and told to who watches."""

from collections.abc import Iterator
from contextlib import contextmanager

from iris.accounts.models import Organisation, User
from iris.core import clocks, outbox
from iris.core.errors import NotPermitted
from supplychain.chains.models import ChainVersion, Party, PartyVersion
from supplychain.chains.models.parties import VERSIONED
from supplychain.chains.permissions import may_change


def own(actor: User) -> Organisation:
    """The employer for which the person may change its chain. Raises NotPermitted."""
    organisation = actor.organisation
    if organisation is None or not may_change(actor):
        raise NotPermitted()
    return organisation


@contextmanager
def changing(organisation: Organisation) -> Iterator[ChainVersion]:
    """Hold the chain while it is changed, then raise its number and tell the rooms above. Inside a transaction."""
    row, _made = ChainVersion.objects.select_for_update().get_or_create(organisation=organisation)
    yield row
    row.number += 1
    row.changed_at = clocks.now()
    row.save()
    outbox.enqueue("watches.chain_changed", organisation_id=str(organisation.pk))


def note_version(party: Party) -> PartyVersion:
    """Keep what the party is from now on."""
    return PartyVersion.objects.create(party=party, data=version_data(party))


def version_data(party: Party) -> dict[str, object]:
    """A party's fields as they are kept in a version."""
    if party.gone_at is not None:
        return {"gone": True, "merged_into": str(party.merged_into_id or "")}
    data = {name: getattr(party, name) for name in VERSIONED}
    data["agency_id"] = str(party.agency_id) if party.agency_id else ""
    data["arrived_on"] = party.arrived_on.isoformat() if party.arrived_on else ""
    return data
