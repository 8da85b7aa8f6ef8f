"""Adding the file to what was noted on site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from audits.fieldwork import services as fieldwork
from audits.fieldwork.services import NewEvidence
from iris.accounts.models import User
from iris.core.errors import BadInput, Conflict
from iris.core.fsm import lock

from ..models import SeenItem
from ..rules import shape


@transaction.atomic
def add_file(
    *, item_id: UUID, actor: User, upload: UploadedFile[Any] | None, source: str, given_by: str
) -> SeenItem:
    """Make evidence of an entry by adding the file it speaks of. Raises Conflict when that was done already."""
    item = lock(SeenItem, item_id)
    if item.evidence_id is not None:
        raise Conflict(_("The file of this entry was added already."))
    if upload is None:
        raise BadInput(fields={"file": [_("Choose the file, or leave the entry for later.")]})
    item.evidence = fieldwork.add_evidence(
        audit_id=item.audit_id,
        actor=actor,
        upload=upload,
        indicator_id=item.indicator_id,
        evidence=NewEvidence(
            title=item.what.splitlines()[0][: shape.LONGEST_TITLE],
            source=source,
            given_by=given_by,
            taken_on=item.taken_on,
            note=item.what,
        ),
    )
    item.save(update_fields=["evidence"])
    return item
