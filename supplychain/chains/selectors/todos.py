"""What an employer's chain asks of a person today."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core.moves import Todo
from supplychain.chains.permissions import may_change
from supplychain.chains.selectors.inviting import invitations_visible_to
from supplychain.chains.states import InvitationState

MOST = 20


def todos_for(user: User) -> list[Todo]:
    """Suppliers who answered and whose part nobody has looked through yet."""
    if not may_change(user):
        return []
    answered = invitations_visible_to(user).filter(state=InvitationState.ANSWERED)
    return [
        Todo(
            _("Look through what %(name)s answered") % {"name": row.party.name},
            reverse("chains:supplier", args=[row.pk]),
            _("Nothing of it is in your chain until you take it in."),
            icon="sitemap",
        )
        for row in answered.order_by("answered_at")[:MOST]
    ]
