"""A finding that workers paid opens a repayment case."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.repayments import services as repayments
from certification.repayments.models import RepaymentCase
from certification.repayments.states import Source
from iris.accounts.models import User
from iris.core import events
from iris.core.errors import TransitionRefused
from iris.core.fsm import lock

from .. import selectors
from ..models import Finding


@transaction.atomic
def open_repayment(*, finding_id: UUID, actor: User) -> RepaymentCase:
    """Open the case that repays what this finding names. Asked again it gives the same one."""
    finding = lock(Finding, finding_id)
    found = selectors.repayment_of(finding)
    if found is not None:
        return found
    if not selectors.may_open_repayment(finding, actor):
        raise TransitionRefused(
            _(
                "A repayment is opened from an issued, open finding on principle 1, by its auditors or its agency."
            )
        )
    case = repayments.open_case(
        agency_id=finding.audit.agency_id,
        actor=actor,
        title=finding.title,
        source_label=Source.FINDING,
        source_id=finding.pk,
    )
    events.record(finding, act="open_repayment", actor=actor, data={"case": str(case.pk)})
    return case
