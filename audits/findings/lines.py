"""Findings in short, handed to the room below: what a closing meeting presents, what a sign of forced labour led to."""

from __future__ import annotations

from audits.engagements.models import Audit
from audits.fieldwork.selectors import FindingLine

from .models import Finding
from .states import FindingState


def finding_lines(audit: Audit) -> list[FindingLine]:
    """The findings of an audit that are not withdrawn, drafted ones too, in their order."""
    rows = Finding.objects.filter(audit=audit).exclude(state=FindingState.WITHDRAWN).order_by("number")
    return [
        FindingLine(one.number, one.grade, str(one.get_grade_display()), one.title, one.indicator_id)
        for one in rows
    ]
