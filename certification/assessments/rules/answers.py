"""When an answer is complete, and when it shows a gap."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from certification.assessments.states import AnswerValue

SEVERITY_WEIGHT = {"critical": 3, "major": 2, "minor": 1}


class AnswerFacts(Protocol):
    """What the rules need to know of an answer."""

    value: str
    maturity: int | None
    reason: str


def missing_in_answer(answer: AnswerFacts) -> dict[str, list[StrOrPromise]]:
    """What an answer still lacks, by field; empty when it is complete."""
    if not answer.value:
        return {"value": [_("Choose an answer.")]}
    if answer.value == AnswerValue.NOT_APPLICABLE:
        if not answer.reason.strip():
            return {"reason": [_("Say why this does not apply to your agency.")]}
        return {}
    if answer.maturity is None:
        return {"maturity": [_("Choose how firmly this stands in your agency.")]}
    return {}


def is_answered(answer: AnswerFacts) -> bool:
    """Whether nothing is left to say on this indicator."""
    return not missing_in_answer(answer)


def is_gap(answer: AnswerFacts) -> bool:
    """Whether the agency itself says that something is missing."""
    return answer.value in (AnswerValue.NO, AnswerValue.PARTLY)


def weight_of(severity: str) -> int:
    """How heavy a gap weighs, for sorting: critical first."""
    return SEVERITY_WEIGHT.get(severity, 0)


class CopiedFacts(AnswerFacts, Protocol):
    """What the rules need to know of an answer that may have been copied from before."""

    carried: bool
    flagged: bool


def is_done(answer: CopiedFacts) -> bool:
    """Whether it is complete and, where it was copied from before, somebody has looked at it since."""
    return is_answered(answer) and not answer.carried
