"""Who outside may read an agency."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from certification.agencies.models import Agency, AgencyReader
from iris.accounts.models import Organisation
from iris.core import events
from iris.core.fsm import Actor, lock


@transaction.atomic
def let_read(*, agency_id: UUID, organisation: Organisation, actor: Actor) -> None:
    """Let an audit firm read the agency it is going to audit. Rooms above call this; it is no act of a page."""
    agency = lock(Agency, agency_id)
    _row, made = AgencyReader.objects.get_or_create(agency=agency, organisation=organisation)
    if made:
        events.record(agency, act="reader_added", actor=actor, data={"organisation": str(organisation.pk)})
