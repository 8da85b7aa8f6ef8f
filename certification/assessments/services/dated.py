"""What the scheme's dated tables share: a row is retired with a reason, never rewritten."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from certification.assessments.models import Dated, LabelTerm
from certification.assessments.services.loading import load_tables
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import Conflict, ReasonRequired
from iris.core.fsm import lock

D = TypeVar("D", bound=Dated)


def check_reason(reason: str) -> None:
    """Raises ReasonRequired."""
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why. It stays with the row.")]})


def loaded_first() -> None:
    """The first change of one's own begins from what is shipped, so that nothing watched until now falls away."""
    if not LabelTerm.objects.exists():
        load_tables()


def retire(model: type[D], row_id: UUID, actor: User, reason: str) -> D:
    """End a row now. Raises Conflict when it ended before."""
    row = lock(model, row_id)
    if row.retired_at is not None:
        by = row.retired_by.label if row.retired_by else _("the scheme")
        raise Conflict(
            _("%(who)s retired this on %(when)s: %(why)s")
            % {"who": by, "when": in_words(row.retired_at), "why": row.retired_reason}
        )
    row.retired_at, row.retired_by, row.retired_reason = clocks.now(), actor, reason.strip()
    row.save(update_fields=["retired_at", "retired_by", "retired_reason"])
    return row
