"""What is left before an act, and the rule that holds on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audits.engagements.states import AuditState
from iris.core import clocks

from ..states import OPEN
from .drawing import SampleRule

if TYPE_CHECKING:
    from ..models import Frame


def rule_in_force(on: date | None = None) -> SampleRule:
    """The rule as the numbers of the scheme give it on a day."""
    return SampleRule(
        floor=clocks.number("sample_floor", on),
        share=clocks.number("sample_share", on),
        cap=clocks.number("sample_cap", on),
    )


def missing_for_change(frame: Frame) -> list[str]:
    """Lists and samples change until the report is drafted."""
    if frame.audit.state in OPEN:
        return []
    return [
        _(
            "Lists and samples are changed from the acceptance of an audit until its draft report; it is now: %s."
        )
        % AuditState(frame.audit.state).label
    ]


def missing_for_draw(frame: Frame) -> list[str]:
    """A sample is drawn from a list that has come."""
    missing = missing_for_change(frame)
    if frame.version is None:
        missing.append(_("No list has come yet."))
    return missing
