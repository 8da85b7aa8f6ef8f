"""The acts on an agency. Each locks the agency, checks the person, tidies the answers and writes one event."""

from certification.agencies.rules import (
    BranchAnswers,
    Contact,
    LegalEntity,
    LicenceAnswers,
    NameAnswers,
    SubAgentAnswers,
)

from .entity import change_contact, change_details, confirm_enrolment, declare_sanctions, enrol_agency
from .licences import add_licence, change_licence, remove_licence, tell_of_ending_licences
from .names import add_name, change_name, remove_name
from .offices import (
    add_branch,
    add_sub_agent,
    change_branch,
    change_sub_agent,
    remove_branch,
    remove_sub_agent,
)
from .readers import let_read
from .registers import licence_register_changed
from .scope import add_corridor, change_corridor, remove_corridor, set_corridors, set_sectors

__all__ = [
    "BranchAnswers",
    "Contact",
    "LegalEntity",
    "LicenceAnswers",
    "NameAnswers",
    "SubAgentAnswers",
    "add_branch",
    "add_corridor",
    "add_licence",
    "add_name",
    "add_sub_agent",
    "change_branch",
    "change_contact",
    "change_corridor",
    "change_details",
    "change_licence",
    "change_name",
    "change_sub_agent",
    "confirm_enrolment",
    "declare_sanctions",
    "enrol_agency",
    "let_read",
    "licence_register_changed",
    "remove_branch",
    "remove_corridor",
    "remove_licence",
    "remove_name",
    "remove_sub_agent",
    "set_corridors",
    "set_sectors",
    "tell_of_ending_licences",
]
