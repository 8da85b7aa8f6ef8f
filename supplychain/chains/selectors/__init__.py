"""Questions about an employer's chain."""

from supplychain.chains.selectors.chain import Chain, ChainLink, ChainParty, chain_at
from supplychain.chains.selectors.drawing import Line, chain_of, gaps_of, parties_visible_to
from supplychain.chains.selectors.findings import ChainFinding, Findings, findings_of, findings_on

__all__ = [
    "Chain",
    "ChainFinding",
    "ChainLink",
    "ChainParty",
    "Findings",
    "Line",
    "chain_at",
    "chain_of",
    "findings_of",
    "findings_on",
    "gaps_of",
    "parties_visible_to",
]
