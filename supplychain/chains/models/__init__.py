"""A chain is kept by one employer: its parties, dated links, what suppliers told, sheets on their way in."""

from supplychain.chains.models.importing import ChainImport
from supplychain.chains.models.inviting import Entry, Invitation
from supplychain.chains.models.links import Link
from supplychain.chains.models.parties import ChainVersion, Party, PartyVersion

__all__ = ["ChainImport", "ChainVersion", "Entry", "Invitation", "Link", "Party", "PartyVersion"]
