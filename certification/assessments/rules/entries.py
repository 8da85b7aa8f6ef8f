"""What a person may write for an answer: half of it is fine, contradictions are not."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from certification.assessments.states import AnswerValue

LONGEST_TEXT = 5_000


class EntryFacts(Protocol):
    """What the rule needs to know of what was written."""

    @property
    def value(self) -> str: ...

    @property
    def maturity(self) -> int | None: ...

    @property
    def reason(self) -> str: ...

    @property
    def comment(self) -> str: ...


def wrong_in_entry(entry: EntryFacts, *, may_be_not_applicable: bool) -> dict[str, list[str]]:
    """What cannot be saved, by field; empty when it can."""
    wrong: dict[str, list[str]] = {}
    if entry.value and entry.value not in AnswerValue.values:
        wrong["value"] = [_("Choose one of the answers shown.")]
    if entry.value == AnswerValue.NOT_APPLICABLE:
        if not may_be_not_applicable:
            wrong["value"] = [_("This applies to every agency. Choose yes, partly or no.")]
        elif not entry.reason.strip():
            wrong["reason"] = [_("Say why this does not apply to your agency. An auditor reads it.")]
    if entry.maturity is not None and entry.maturity not in range(5):
        wrong["maturity"] = [_("Choose one of the levels shown, from 0 to 4.")]
    elif entry.value == AnswerValue.YES and entry.maturity == 0:
        wrong["maturity"] = [_("“Yes” and “Nothing yet” contradict each other. Change one of the two.")]
    elif entry.value == AnswerValue.NO and entry.maturity is not None and entry.maturity > 2:
        wrong["maturity"] = [_("“No” and a level above 2 contradict each other. Change one of the two.")]
    for name in ("reason", "comment"):
        length = len(getattr(entry, name))
        if length > LONGEST_TEXT:
            wrong[name] = [
                _("At most %(most)s characters; this has %(found)s. Put the rest in a document.")
                % {"most": LONGEST_TEXT, "found": length}
            ]
    return wrong
