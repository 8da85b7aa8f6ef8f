"""Who hears of what happens to a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iris.accounts.states import Role
from iris.notify import services as notify

if TYPE_CHECKING:
    from certification.agencies.models import Agency


def tell_agency(agency: Agency, template: str, context: dict[str, Any], url: str) -> None:
    """The people who speak for the agency, in their inbox and by e-mail, after commit."""
    notify.notify_roles(
        organisation=agency.organisation,
        roles=(Role.SIGNATORY, Role.MANAGER),
        template=template,
        context=context,
        url=url,
    )
