"""One party over time: every link it ever had, and what was done with it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from iris.core import clocks, events
from iris.core.models import Event
from supplychain.chains.models import Link, Party
from supplychain.chains.selectors.chain import party_alone
from supplychain.chains.selectors.sight import Seen, Sight, standing_look

MOST_LINKS = 200
MOST_EVENTS = 50


@dataclass(frozen=True)
class DatedLink:
    """One link of a party: with whom, from which side, when it holds."""

    link: Link
    other: Party
    upward: bool
    when: str  # "now", "past", "ahead"


def links_of(party: Party, on: date | None = None) -> list[DatedLink]:
    """The links as known now, those in force first, then the newest."""
    today = on or clocks.today()
    rows = Link.objects.filter(Q(upper=party) | Q(lower=party), replaced_at=None)
    found = []
    for link in rows.select_related("upper", "lower")[:MOST_LINKS]:
        upward = link.lower_id == party.pk
        when = "ahead" if link.since > today else "past" if link.until and link.until < today else "now"
        found.append(DatedLink(link, link.upper if upward else link.lower, upward, when))
    return sorted(
        found,
        key=lambda one: (one.when != "now", not one.upward, -one.link.since.toordinal(), one.other.name),
    )


def history_of(party: Party) -> list[Event]:
    """What was done with the party, newest first."""
    return list(events.events_of(party, limit=MOST_EVENTS))


def party_on(sight: Sight, party: Party) -> Seen:
    """A party that is joined to nobody on the day, as it is seen anyway: also one whose links have all ended."""
    for seen in sight.loose:
        if seen.party.id == party.pk:
            return seen
    alone = party_alone(party, sight.on)
    return Seen(-1, alone, standing_look(alone))
