"""Every recruiter in force today with what is known of it, for lists in the order of what to ask about."""

from __future__ import annotations

from django.urls import reverse

from iris.accounts.models import Organisation
from supplychain.chains.selectors import risks_of
from supplychain.chains.states import RECRUITERS
from supplychain.risk.selectors import NamedFacts


def parties_for(organisation: Organisation) -> list[NamedFacts]:
    """Every recruiter that a link of today leads to, by name; given to the room of risk for rankings.

    The facts are those of the chain's own map (chains.selectors.risks): one recruiter has one score everywhere.
    """
    risks = risks_of(organisation)
    sight = risks.sight
    hired = [sight.seen[number].party for number in sight.ties_to]
    found = []
    for party in sorted(hired, key=lambda one: (one.name, str(one.id))):
        facts = risks.facts(party.id) if party.kind in RECRUITERS else None
        if facts is not None:
            url = reverse("coverage:recruiter", args=[party.id])
            found.append(NamedFacts(party.name, facts, url, party.id))
    return found
