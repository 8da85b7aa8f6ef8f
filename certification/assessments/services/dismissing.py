"""Putting a warning aside, with the reason that an auditor reads."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments import selectors
from certification.assessments.models import Dismissal
from certification.assessments.services.writing import open_for
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, ReasonRequired

LONGEST_REASON = 2_000


@transaction.atomic
def dismiss_warning(*, assessment_id: UUID, actor: User, rule: str, subject: str, reason: str) -> Dismissal:
    """Say why a warning is no mistake. It is back when what it rests on changes.

    Raises Conflict when it does not stand any more, ReasonRequired and BadInput on `reason`.
    """
    assessment = open_for(assessment_id, actor)
    key = (rule, subject)
    check = next(
        (c for c in selectors.checks(assessment) if (c.warning.rule, c.warning.subject) == key), None
    )
    if check is None:
        raise Conflict(_("This warning does not stand any more: the answers have changed since."))
    words = reason.strip()
    if not words:
        raise ReasonRequired(fields={"reason": [_("Say why both hold. An auditor reads it.")]})
    if len(words) > LONGEST_REASON:
        sentence = _("At most %(most)s characters; this has %(found)s.")
        raise BadInput(fields={"reason": [sentence % {"most": LONGEST_REASON, "found": len(words)}]})
    dismissal, _made = Dismissal.objects.update_or_create(
        assessment=assessment,
        rule=rule,
        subject=subject,
        defaults={"mark": check.warning.mark, "reason": words, "by": actor, "at": clocks.now()},
    )
    events.record(
        assessment, act="dismissed", actor=actor, reason=words, data={"rule": rule, "subject": subject}
    )
    return dismissal
