"""What a state means to people: whose move it is, and its words for each audience."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text

Tone = Literal["good", "care", "stop", "past", "unsure", "work"]


class Owner(models.TextChoices):
    """Whose move it is."""

    AGENCY = "agency", _("agency")
    AUDITOR = "auditor", _("audit firm")
    SCHEME = "scheme", _("scheme office")
    DECIDER = "decider", _("decider")
    EMPLOYER = "employer", _("employer")
    NOBODY = "nobody", _("nobody")


@dataclass(frozen=True)
class StateFacts:
    """One state: its owner, its label for agency, auditor and public, and how it is shown."""

    owner: Owner
    agency: Text
    auditor: Text
    public: Text
    tone: Tone = "work"
    icon: str = ""

    def label(self, audience: str) -> Text:
        """The words for `agency`, `auditor` or `public`."""
        return {"agency": self.agency, "auditor": self.auditor, "public": self.public}[audience]


_described: dict[type[models.TextChoices], Mapping[models.TextChoices, StateFacts]] = {}


def describe_states(
    states: type[models.TextChoices], facts: Mapping[models.TextChoices, StateFacts]
) -> Mapping[models.TextChoices, StateFacts]:
    """Register the facts of every state; ImproperlyConfigured when one is left out."""
    missing = [member.name for member in states if member not in facts]
    if missing:
        raise ImproperlyConfigured(f"{states.__name__}: no facts for {', '.join(missing)}")
    _described[states] = facts
    return facts


def facts_of(state: models.TextChoices) -> StateFacts:
    """The facts of one state member."""
    return _described[type(state)][state]


def described_states() -> Mapping[type[models.TextChoices], Mapping[models.TextChoices, StateFacts]]:
    """Every described set of states, for diagrams and tests."""
    return _described
