"""What rooms above tell about the things that are decided here, without being known here.

A room registers in its AppConfig.ready(). Nothing here imports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from certification.decisions.models import Decision
from certification.decisions.states import Answer
from iris.core.days import in_words
from iris.core.errors import Text
from iris.core.moves import Fact


@dataclass(frozen=True)
class Subject:
    """A decision in the words of the room that asked: what it is about, where it is read, what may be answered.

    `answers`: outcome and its words, in the order shown. `favourable`: outcomes nobody appeals against.
    `elsewhere`: the address of the room's own page for answering, where it has one.
    """

    name: Text
    url: str = ""
    answers: Mapping[str, Text] = field(default_factory=lambda: dict(Answer.choices))
    favourable: frozenset[str] = frozenset()
    elsewhere: str = ""


LABELS: dict[str, Text] = {
    "outcome": _("Recommendation"),
    "open_critical": _("Critical findings open"),
    "open_major": _("Major findings open"),
    "open_minor": _("Minor findings open"),
    "firm_name": _("Audit firm"),
    "stage2_ended_on": _("Stage 2 ended"),
    "reason": _("Reason"),
    "public_note": _("What the public reads"),
    "reason_code": _("Kind of reason"),
    "number": _("Number"),
}
VALUES: dict[str, Text] = {"grant": _("To grant"), "refuse": _("To refuse")}
# Identifiers of rows: for programs, not for people.
_HIDDEN = ("_id", "_ids", "_by")


def facts_in_words(facts: Mapping[str, Any]) -> list[Fact]:
    """What lay before the deciders, or what is proposed, as rows to read."""
    rows = []
    for key, value in facts.items():
        if key.endswith(_HIDDEN) or value in (None, "", [], {}):
            continue
        words = LABELS.get(key) or key.replace("_", " ").capitalize()
        told = ", ".join(_told(one) for one in value) if isinstance(value, list) else _told(value)
        rows.append(Fact(words, told))
    return rows


def _told(value: Any) -> str:
    """One value as people read it: a day as a day, a known word in its words."""
    text = str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return in_words(date.fromisoformat(text))
    return str(VALUES.get(text, text))


Provider = Callable[[Decision], Subject]
_providers: dict[str, Provider] = {}


def offer_subject(subject_label: str, provider: Provider) -> None:
    """Say how decisions with this label are read, answered and appealed."""
    _providers[subject_label] = provider


def subject_of(decision: Decision) -> Subject:
    """A decision in the words of its room; the bare question where no room said more."""
    provider = _providers.get(decision.subject_label)
    return provider(decision) if provider else Subject(name=decision.question)
