"""The agency as a legal entity, who owns it, who works for it, what it reported, and whom it resembles."""

from certification.agencies.models.agency import (
    Agency,
    AgencyCorridor,
    AgencyName,
    AgencyReader,
    AgencySector,
    Branch,
    Licence,
    SubAgent,
)

__all__ = [
    "Agency",
    "AgencyCorridor",
    "AgencyName",
    "AgencyReader",
    "AgencySector",
    "Branch",
    "Licence",
    "SubAgent",
]
