"""The agency of the person who acts."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from certification.agencies import permissions
from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core.errors import NotPermitted
from iris.core.fsm import lock


def own(agency_id: UUID, actor: User) -> Agency:
    """The locked agency, if this person may change it."""
    agency = lock(Agency, agency_id)
    if not permissions.may_change(agency, actor):
        raise NotPermitted(
            _("Only the agency’s signatory or compliance manager may change this. You can read it.")
        )
    return agency
