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
    from certification.assessments.models import Answer, Assessment, JobOrder

LEDGER_PRINCIPLE = "1"  # the principle of the Standard under which the cost ledger stands


@dataclass(frozen=True)
class MissingThing:
    """One thing that is missing, in words, and where it can be put right."""

    code: str  # indicators | flagged | carried | no_order | no_lines | worker_borne
    text: str
    principle: str = ""
    order_id: str = ""
    line_id: str = ""

    def __str__(self) -> str:
        return self.text


def missing_for_freeze(assessment: Assessment) -> list[MissingThing]:
    """Everything that stands between this assessment and the declaration; empty when it may be declared."""
    answers = list(assessment.answers_in_order())
    return [*_missing_answers(answers), *_not_looked_at(answers), *_missing_in_ledger(assessment)]


def _missing_answers(answers: list[Answer]) -> list[MissingThing]:
    open_answers = [answer for answer in answers if not is_answered(answer)]
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


def _not_looked_at(answers: list[Answer]) -> list[MissingThing]:
    """Answers copied from before are never declared unseen: each is changed or said to be still true."""
    waiting = [answer for answer in answers if answer.carried]
    asked = [answer for answer in waiting if answer.flagged]
    carried = [answer for answer in waiting if not answer.flagged]
    missing = []
    if asked:
        text = ngettext(
            "%(n)s question that the scheme asked again: answer it anew, or say that it is still true",
            "%(n)s questions that the scheme asked again: answer them anew, or say that they are still true",
            len(asked),
        )
        missing.append(MissingThing(code="flagged", text=text % {"n": len(asked)}))
    if carried:
        text = ngettext(
            "%(n)s answer from last time: say that it is still true, or change it",
            "%(n)s answers from last time: say that they are still true, or change them",
            len(carried),
        )
        missing.append(MissingThing(code="carried", text=text % {"n": len(carried)}))
    return missing


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
            % {"amount": line.worker_part.text, "label": line.label, "ref": order.reference},
            order_id=str(order.id),
            line_id=str(line.id),
        )
        for line in lines
        if needs_answer(line)
    ]
