"""What the chain shows that somebody should look at, each with the way down to it."""

from dataclasses import dataclass
from datetime import date

from iris.accounts.models import Organisation, User
from supplychain.chains.selectors.chain import ChainParty
from supplychain.chains.states import FindingCode


@dataclass(frozen=True)
class ChainFinding:
    """One finding: what, at which party, the way from the top down to it, and why in a sentence."""

    code: FindingCode
    party: ChainParty
    path: list[ChainParty]
    why: str


def findings_of(who: User | Organisation, on: date | None = None) -> list[ChainFinding]:
    """Every finding of the chain, the gravest kinds first."""
    return []
