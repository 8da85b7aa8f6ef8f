"""Questions about an employer's chain."""

from supplychain.chains.rules import Corridor, Edge, Hire, Node, Roles, hires_on
from supplychain.chains.selectors.chain import Chain, ChainLink, ChainParty, chain_at
from supplychain.chains.selectors.drawing import parties_visible_to
from supplychain.chains.selectors.findings import ChainFinding, Findings, findings_of, findings_on
from supplychain.chains.selectors.inviting import (
    OwnLine,
    invitation_by_token,
    invitations_visible_to,
    known_below,
    own_lines,
)
from supplychain.chains.selectors.paging import (
    Level,
    PartyInPlace,
    Summary,
    levels_of,
    link_page,
    party_in_place,
    party_page,
    summary_of,
)
from supplychain.chains.selectors.reach import Reach, reach_below, warm_up
from supplychain.chains.selectors.recruiters import RecruiterUse, recruiters_of
from supplychain.chains.selectors.risks import Risks, risks_of
from supplychain.chains.selectors.todos import todos_for

__all__ = [
    "Chain",
    "ChainFinding",
    "ChainLink",
    "ChainParty",
    "Corridor",
    "Edge",
    "Findings",
    "Hire",
    "Level",
    "Node",
    "OwnLine",
    "PartyInPlace",
    "Reach",
    "RecruiterUse",
    "Risks",
    "Roles",
    "Summary",
    "chain_at",
    "findings_of",
    "findings_on",
    "hires_on",
    "invitation_by_token",
    "invitations_visible_to",
    "known_below",
    "levels_of",
    "link_page",
    "own_lines",
    "parties_visible_to",
    "party_in_place",
    "party_page",
    "reach_below",
    "recruiters_of",
    "risks_of",
    "summary_of",
    "todos_for",
    "warm_up",
]
