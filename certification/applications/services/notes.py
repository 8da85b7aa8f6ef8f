"""What people of the scheme tell each other about a case."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications.models import Application, CaseNote
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import events
from iris.core.errors import NotPermitted
from iris.core.fsm import lock

from .texts import reason_given


@transaction.atomic
def add_note(*, application_id: UUID, actor: User, text: str) -> CaseNote:
    """Write a note that only the scheme reads. It stays as it was written."""
    application = lock(Application, application_id)
    if not actor.is_kind(OrganisationKind.SCHEME):
        raise NotPermitted()
    words = reason_given(text, _("Write the note first."), field="text")
    note = CaseNote.objects.create(application=application, author=actor, text=words)
    events.record(application, act="noted", actor=actor, data={"note": str(note.pk)})
    return note
