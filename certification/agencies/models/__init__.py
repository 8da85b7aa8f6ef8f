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
from certification.agencies.models.changes import ChangeDocument, ChangeReport
from certification.agencies.models.ending import AgencyEnd
from certification.agencies.models.importing import AgencyImport
from certification.agencies.models.likeness import LikenessKey, LikenessSignal
from certification.agencies.models.structure import AgencyIdentifier, BranchPerson, Officer, RelatedCompany

__all__ = [
    "Agency",
    "AgencyCorridor",
    "AgencyEnd",
    "AgencyIdentifier",
    "AgencyImport",
    "AgencyName",
    "AgencyReader",
    "AgencySector",
    "Branch",
    "BranchPerson",
    "ChangeDocument",
    "ChangeReport",
    "Licence",
    "LikenessKey",
    "LikenessSignal",
    "Officer",
    "RelatedCompany",
    "SubAgent",
]
