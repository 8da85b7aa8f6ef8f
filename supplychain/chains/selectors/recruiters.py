"""The recruiters of a chain, each once, with how many workers come through it in a year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from iris.accounts.models import Organisation, User
from supplychain.chains.selectors.chain import ChainParty, chain_at
from supplychain.chains.states import INTERMEDIARIES, RECRUITERS


@dataclass(frozen=True)
class RecruiterUse:
    """One recruiter. `workers` come through it in a year: None where no link to it tells. `direct`: no other recruiter
    stands between it and a workplace, so the workers of direct ones add up without counting anybody twice."""

    party: ChainParty
    agency_id: UUID | None
    workers: int | None
    direct: bool
    unpaid_links: int  # links to it over which it is not known that the employer pays all

    @property
    def certified(self) -> bool:
        """Whether its certificate may be relied on."""
        return self.party.standing is not None and self.party.standing.valid


def recruiters_of(who: User | Organisation, on: date | None = None) -> list[RecruiterUse]:
    """Every recruiter of the chain as of a day, top down."""
    chain = chain_at(who, on)
    kinds = {party.id: party.kind for party in chain.parties}
    workers: dict[UUID, int | None] = defaultdict(lambda: None)
    direct: set[UUID] = set()
    doubtful: dict[UUID, int] = defaultdict(int)
    for link in chain.links:
        if link.workers is not None:
            workers[link.lower] = (workers[link.lower] or 0) + link.workers
        if kinds[link.upper] not in INTERMEDIARIES:
            direct.add(link.lower)
        doubtful[link.lower] += link.fee_terms != "employer_pays"
    return [
        RecruiterUse(party, party.agency_id, workers[party.id], party.id in direct, doubtful[party.id])
        for party in chain.parties
        if party.kind in RECRUITERS
    ]
