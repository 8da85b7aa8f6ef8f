"""What a change in an agency's own entries means for its duty to report, and what a report has to say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from certification.agencies.rules.answers import Answers, Check
from certification.agencies.states import ChangeKind

# Acts in the log of an agency that change something it has to report.
KIND_OF_ACT: dict[str, ChangeKind] = {
    "officer_added": ChangeKind.OWNER,
    "officer_changed": ChangeKind.OWNER,
    "officer_removed": ChangeKind.OWNER,
    "licence_added": ChangeKind.LICENCE,
    "licence_changed": ChangeKind.LICENCE,
    "licence_removed": ChangeKind.LICENCE,
    "licence_ended": ChangeKind.LICENCE,
    "licence_lost": ChangeKind.LICENCE,
    "corridor_added": ChangeKind.CORRIDOR,
    "corridor_changed": ChangeKind.CORRIDOR,
    "corridor_removed": ChangeKind.CORRIDOR,
    "corridors_set": ChangeKind.CORRIDOR,
    "sectors_set": ChangeKind.CORRIDOR,
    "sub_agent_added": ChangeKind.SUB_AGENT,
    "sub_agent_changed": ChangeKind.SUB_AGENT,
    "sub_agent_removed": ChangeKind.SUB_AGENT,
    "details_changed": ChangeKind.CONTROL,
    "address_changed": ChangeKind.CONTROL,
    "related_added": ChangeKind.CONTROL,
    "related_changed": ChangeKind.CONTROL,
    "related_removed": ChangeKind.CONTROL,
}
WHAT_TO_TELL: dict[ChangeKind, StrOrPromise] = {
    ChangeKind.OWNER: gettext_lazy("Who came, who left, which share changed hands, and why."),
    ChangeKind.LICENCE: gettext_lazy("Which licence, which authority, and what was decided."),
    ChangeKind.CORRIDOR: gettext_lazy("Where you begin or stop to recruit, and for which employers."),
    ChangeKind.SUB_AGENT: gettext_lazy("Who began or ended, where they work, and what they may take."),
    ChangeKind.CASE: gettext_lazy("Which court or authority, what about, and where it stands now."),
    ChangeKind.CONTROL: gettext_lazy("What the company was called, where it was, who controls it now."),
    ChangeKind.MERGER: gettext_lazy("Which companies, what goes over to whom, and from which day."),
}


@dataclass(frozen=True, kw_only=True)
class ChangeAnswers(Answers):
    """What an agency reports."""

    kind: str
    happened_on: date | None
    text: str

    def checked(self, today: date) -> Self:
        """The same, tidied; BadInput says what is wrong."""
        check = Check()
        if self.kind not in ChangeKind.values:
            check.no("kind", _("Say what changed."))
        happened = check.day("happened_on", self.happened_on, _("Enter the day on which it happened."))
        if happened and happened > today:
            check.no("happened_on", _("This day is still to come. Report the change once it has happened."))
        text = check.text("text", self.text, empty=_("Say in a few sentences what changed and why."))
        check.done()
        return type(self)(kind=self.kind, happened_on=happened, text=text)
