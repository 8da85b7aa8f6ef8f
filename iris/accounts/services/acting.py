"""For whom a person acts in this session."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from iris.accounts.models import Membership, User
from iris.accounts.selectors import acting_memberships

if TYPE_CHECKING:
    from django.http import HttpRequest

SESSION_KEY = "membership_id"


def switch(request: HttpRequest, organisation_id: UUID | str) -> Membership:
    """Act for another of one's own organisations from now on. Membership.DoesNotExist for any other."""
    user = request.user
    if not isinstance(user, User):
        raise Membership.DoesNotExist
    membership = acting_memberships(user).get(organisation_id=organisation_id)
    request.session[SESSION_KEY] = str(membership.pk)
    request.session.cycle_key()
    user.acting = membership
    return membership
