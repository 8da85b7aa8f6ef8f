"""What a person may see of a chain: the parties of their own employer, and nothing of another's."""

from django.db.models import QuerySet

from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from supplychain.chains.models import Party


def parties_visible_to(user: User) -> QuerySet[Party]:
    """The parties of the person's own employer."""
    rows = Party.objects.select_related("agency")
    organisation = (
        user.organisation if user.is_authenticated and user.is_kind(OrganisationKind.EMPLOYER) else None
    )
    return rows.filter(organisation=organisation, gone_at=None) if organisation else rows.none()
