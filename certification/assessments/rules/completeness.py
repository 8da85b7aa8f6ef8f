"""What is missing before an assessment may be declared and frozen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.assessments.rules.answers import is_answered
from certification.assessments.rules.ledger import needs_answer

if TYPE_CHECKING:
    from certification.assessments.models import Assessment, JobOrder

LEDGER_PRINCIPLE = "1"  # the principle of the Standard under which the cost ledger stands


@dataclass(frozen=True)
class MissingThing:
    """One thing that is missing, in words, and where it can be put right."""

    code: str  # indicators | no_order | no_lines | worker_borne
    text: str
    principle: str = ""
    order_id: str = ""
    line_id: str = ""

    def __str__(self) -> str:
        return self.text


def missing_for_freeze(assessment: Assessment) -> list[MissingThing]:
    """Everything that stands between this assessment and the declaration; empty when it may be declared."""
    return [*_missing_answers(assessment), *_missing_in_ledger(assessment)]


def _missing_answers(assessment: Assessment) -> list[MissingThing]:
    open_answers = [answer for answer in assessment.answers_in_order() if not is_answered(answer)]
    by_principle = Counter(answer.principle_code for answer in open_answers)
    titles = {answer.principle_code: answer.indicator.criterion.principle.title for answer in open_answers}
    return [
        MissingThing(
            code="indicators",
            text=ngettext(
                "%(n)s indicator to answer under %(code)s, %(title)s",
                "%(n)s indicators to answer under %(code)s, %(title)s",
                n,
            )
            % {"n": n, "code": code, "title": titles[code]},
            principle=code,
        )
        for code, n in by_principle.items()
    ]


def _missing_in_ledger(assessment: Assessment) -> list[MissingThing]:
    orders = list(assessment.job_orders_in_order())
    if not orders:
        return [MissingThing(code="no_order", text=_("The cost ledger has no job order yet"))]
    missing: list[MissingThing] = []
    for order in orders:
        missing += _missing_in_order(order)
    return missing


def _missing_in_order(order: JobOrder) -> list[MissingThing]:
    lines = list(order.cost_lines.all())
    if not lines:
        text = _("Job order %(ref)s has no costs yet") % {"ref": order.reference}
        return [MissingThing(code="no_lines", text=text, order_id=str(order.id))]
    return [
        MissingThing(
            code="worker_borne",
            text=_(
                "Workers paid %(amount)s for “%(label)s” in job order %(ref)s: say what happened and how it is repaid"
            )
            % {"amount": line.money.text, "label": line.label, "ref": order.reference},
            order_id=str(order.id),
            line_id=str(line.id),
        )
        for line in lines
        if needs_answer(line)
    ]
