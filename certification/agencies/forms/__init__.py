"""What an agency and the scheme type. The services check it; their sentences land on these fields."""

from certification.agencies.forms.enrolling import (
    AgencyFilters,
    ConfirmForm,
    ContactForm,
    CorridorForm,
    EntityForm,
    LicenceForm,
    NameForm,
    SanctionsForm,
    SectorsForm,
)
from certification.agencies.forms.structure import (
    BranchForm,
    BranchPersonForm,
    IdentifierForm,
    OfficerForm,
    RelatedForm,
    SubAgentForm,
)
from certification.agencies.forms.watching import (
    AskedChangeForm,
    ChangeFilters,
    ChangeForm,
    EndForm,
    LikenessFilters,
    ReasonForm,
    SettleForm,
)

__all__ = [
    "AgencyFilters",
    "AskedChangeForm",
    "BranchForm",
    "BranchPersonForm",
    "ChangeFilters",
    "ChangeForm",
    "ConfirmForm",
    "ContactForm",
    "CorridorForm",
    "EndForm",
    "EntityForm",
    "IdentifierForm",
    "LicenceForm",
    "LikenessFilters",
    "NameForm",
    "OfficerForm",
    "ReasonForm",
    "RelatedForm",
    "SanctionsForm",
    "SectorsForm",
    "SettleForm",
    "SubAgentForm",
]
