"""The room's records."""

from __future__ import annotations

from iris.accounts.models.api_clients import ApiClient
from iris.accounts.models.invitations import Invitation
from iris.accounts.models.organisations import Membership, Organisation
from iris.accounts.models.people import User

__all__ = ["ApiClient", "Invitation", "Membership", "Organisation", "User"]
