"""What can be done to people, organisations, invitations and keys."""

from __future__ import annotations

from iris.accounts.services.acting import SESSION_KEY, switch
from iris.accounts.services.api_keys import (
    OVERLAPS,
    give_up_api_key,
    issue_api_key,
    note_use,
    revoke_api_key,
    rotate_api_key,
)
from iris.accounts.services.contacts import reach_employer
from iris.accounts.services.invitations import (
    accept_invitation,
    accept_open_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
    send_invitation,
    token_of,
)
from iris.accounts.services.members import add_member, change_role, remove_member
from iris.accounts.services.organisations import (
    OrganisationFacts,
    apply_organisation,
    change_facts,
    create_organisation,
    found_scheme,
    take_name,
    vet_organisation,
)
from iris.accounts.services.people import change_profile, mark_demo, register_person
from iris.accounts.services.telling import tell

__all__ = [
    "OVERLAPS",
    "SESSION_KEY",
    "OrganisationFacts",
    "accept_invitation",
    "accept_open_invitation",
    "add_member",
    "apply_organisation",
    "change_facts",
    "change_profile",
    "change_role",
    "create_organisation",
    "found_scheme",
    "give_up_api_key",
    "invite",
    "issue_api_key",
    "mark_demo",
    "note_use",
    "reach_employer",
    "register_person",
    "remove_member",
    "resend_invitation",
    "revoke_api_key",
    "revoke_invitation",
    "rotate_api_key",
    "send_invitation",
    "switch",
    "take_name",
    "tell",
    "token_of",
    "vet_organisation",
]
