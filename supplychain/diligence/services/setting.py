"""How one employer works."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import events
from iris.core.errors import BadInput
from supplychain.diligence.models import Settings
from supplychain.diligence.services.writing import own
from supplychain.diligence.states import Approval


def settings_for(organisation: Organisation) -> Settings:
    """The settings of an employer, locked; made with their defaults the first time."""
    Settings.objects.get_or_create(organisation=organisation)
    return Settings.objects.select_for_update().get(organisation=organisation)


@transaction.atomic
def change_approval(*, actor: User, approval: str) -> Settings:
    """For which decisions a second person is asked."""
    organisation = own(actor)
    if approval not in Approval.values:
        raise BadInput(fields={"approval": [_("Choose one of the two.")]})
    row = settings_for(organisation)
    if row.approval != approval:
        before, row.approval = row.approval, approval
        row.save()
        events.record(row, act="changed", actor=actor, data={"approval": [before, approval]})
    return row
