"""The acts on an agency. Each locks the agency, checks the person, tidies the answers and writes one event."""

from certification.agencies.rules import (
    BranchAnswers,
    BranchPersonAnswers,
    Contact,
    IdentifierAnswers,
    LegalEntity,
    LicenceAnswers,
    NameAnswers,
    OfficerAnswers,
    RelatedAnswers,
    SubAgentAnswers,
)
from certification.agencies.rules.changes import ChangeAnswers

from .asking import ask_for_change, ask_for_unreported
from .changes import close_change, complete_change, follow_up_change, note_change, report_change
from .ending import end_agency
from .entity import change_contact, change_details, confirm_enrolment, declare_sanctions, enrol_agency
from .family import (
    add_identifier,
    add_related,
    change_identifier,
    change_related,
    remove_identifier,
    remove_related,
)
from .importing import (
    commit_import,
    drop_import,
    import_rows,
    map_sheet,
    missing_columns,
    read_import,
    read_sheet_again,
    rejects_of,
    table_of,
    upload_sheet,
)
from .licences import add_licence, change_licence, remove_licence, tell_of_ending_licences
from .likeness import look_again, look_for_likeness, look_for_likenesses, settle_likeness
from .names import add_name, change_name, remove_name
from .officers import add_officer, change_officer, remove_officer
from .offices import (
    add_branch,
    add_branch_person,
    change_branch,
    change_branch_person,
    remove_branch,
    remove_branch_person,
)
from .readers import let_read
from .registers import licence_register_changed
from .scope import add_corridor, change_corridor, remove_corridor, set_corridors, set_sectors
from .sub_agents import add_sub_agent, change_sub_agent, remove_sub_agent

__all__ = [
    "BranchAnswers",
    "BranchPersonAnswers",
    "ChangeAnswers",
    "Contact",
    "IdentifierAnswers",
    "LegalEntity",
    "LicenceAnswers",
    "NameAnswers",
    "OfficerAnswers",
    "RelatedAnswers",
    "SubAgentAnswers",
    "add_branch",
    "add_branch_person",
    "add_corridor",
    "add_identifier",
    "add_licence",
    "add_name",
    "add_officer",
    "add_related",
    "add_sub_agent",
    "ask_for_change",
    "ask_for_unreported",
    "change_branch",
    "change_branch_person",
    "change_contact",
    "change_corridor",
    "change_details",
    "change_identifier",
    "change_licence",
    "change_name",
    "change_officer",
    "change_related",
    "change_sub_agent",
    "close_change",
    "commit_import",
    "complete_change",
    "confirm_enrolment",
    "declare_sanctions",
    "drop_import",
    "end_agency",
    "enrol_agency",
    "follow_up_change",
    "import_rows",
    "let_read",
    "licence_register_changed",
    "look_again",
    "look_for_likeness",
    "look_for_likenesses",
    "map_sheet",
    "missing_columns",
    "note_change",
    "read_import",
    "read_sheet_again",
    "rejects_of",
    "remove_branch",
    "remove_branch_person",
    "remove_corridor",
    "remove_identifier",
    "remove_licence",
    "remove_name",
    "remove_officer",
    "remove_related",
    "remove_sub_agent",
    "report_change",
    "set_corridors",
    "set_sectors",
    "settle_likeness",
    "table_of",
    "tell_of_ending_licences",
    "upload_sheet",
]
