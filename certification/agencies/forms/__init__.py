"""What an agency and the scheme type. The services check it; their sentences land on these fields."""

from certification.agencies.forms.enrolling import (
    AgencyFilters,
    BranchForm,
    ConfirmForm,
    ContactForm,
    CorridorForm,
    EntityForm,
    LicenceForm,
    NameForm,
    SanctionsForm,
    SectorsForm,
    SubAgentForm,
)

__all__ = [
    "AgencyFilters",
    "BranchForm",
    "ConfirmForm",
    "ContactForm",
    "CorridorForm",
    "EntityForm",
    "LicenceForm",
    "NameForm",
    "SanctionsForm",
    "SectorsForm",
    "SubAgentForm",
]
