"""An employer's chain as an indented list: each party under the one that uses it, with its standing today."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from certification.certificates.selectors import StandingFacts, standings_of
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from supplychain.chains.models import Link, Party
from supplychain.chains.states import RECRUITERS

MOST_LINES = 1_500


@dataclass(frozen=True)
class Line:
    """One line of the tree: `depth` from 0, the link that leads here, the standing of a recruiter on the register."""

    party: Party
    depth: int
    link: Link | None
    standing: StandingFacts | None
    repeated: bool = False

    @property
    def unknown(self) -> bool:
        """A recruiter of which the register knows nothing."""
        return self.party.kind in RECRUITERS and self.standing is None


def parties_visible_to(user: User) -> QuerySet[Party]:
    """The parties of the person's own employer."""
    rows = Party.objects.select_related("agency")
    organisation = (
        user.organisation if user.is_authenticated and user.is_kind(OrganisationKind.EMPLOYER) else None
    )
    return rows.filter(organisation=organisation, gone_at=None) if organisation else rows.none()


def chain_of(user: User) -> list[Line]:
    """The whole chain as lines, top down. Five queries, however long it is; at most MOST_LINES lines."""
    parties = {party.pk: party for party in parties_visible_to(user)}
    today = clocks.today()
    links = Link.objects.filter(upper__in=parties, replaced_at=None, since__lte=today).filter(
        Q(until=None) | Q(until__gte=today)
    )
    below: dict[UUID, list[Link]] = defaultdict(list)
    lower: set[UUID] = set()
    for link in links:
        below[link.upper_id].append(link)
        lower.add(link.lower_id)
    standings = standings_of([party.agency for party in parties.values() if party.agency])
    tops = [party for key, party in parties.items() if key not in lower]
    lines: list[Line] = []
    stack: list[tuple[Party, int, Link | None]] = [(party, 0, None) for party in reversed(tops)]
    seen: set[UUID] = set()
    while stack and len(lines) < MOST_LINES:
        party, depth, via = stack.pop()
        repeated = party.pk in seen
        standing = standings.get(party.agency_id) if party.agency_id else None
        lines.append(Line(party, depth, via, standing, repeated))
        if not repeated:
            seen.add(party.pk)
            children = sorted(below[party.pk], key=lambda link: parties[link.lower_id].name, reverse=True)
            stack += [(parties[link.lower_id], depth + 1, link) for link in children]
    return lines


def gaps_of(lines: list[Line]) -> list[Line]:
    """The recruiters an employer should look at: unknown to the register, or without a certificate in force."""
    first = [line for line in lines if not line.repeated and line.party.kind in RECRUITERS]
    return [line for line in first if line.unknown or (line.standing is not None and not line.standing.valid)]
