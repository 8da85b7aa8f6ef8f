"""What workers paid and a finding names: the repayment case beside it."""

from __future__ import annotations

from certification.repayments.models import RepaymentCase
from certification.repayments.states import Source
from iris.accounts.models import User

from ..models import Finding
from ..states import ANSWERED_GRADES

# The principle of the Standard that says who pays.
COSTS = "1"


def repayment_of(finding: Finding) -> RepaymentCase | None:
    """The last case that was opened from this finding."""
    rows = RepaymentCase.objects.filter(source_label=Source.FINDING, source_id=finding.pk)
    return rows.order_by("-created_at").first()


def may_open_repayment(finding: Finding, user: User) -> bool:
    """Either side, on an issued finding about who pays that has no case yet."""
    about_costs = finding.indicator.criterion.principle.code == COSTS and finding.grade in ANSWERED_GRADES
    sides = finding.audit.is_worked_by(user) or finding.audit.is_answered_by(user)
    return about_costs and finding.is_issued and finding.is_open and sides and repayment_of(finding) is None
