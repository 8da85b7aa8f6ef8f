"""The six steps of due diligence for one employer: what is held here, what is missing, which tools there are (R77)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation
from iris.core import clocks
from supplychain.chains.selectors import chain_at, findings_of
from supplychain.chains.states import RECRUITERS
from supplychain.diligence.models import Condition, InformationRequest, Nomination, StepNote
from supplychain.diligence.selectors.decisions import decisions_of, open_conditions, settings_of
from supplychain.diligence.states import OPEN_REQUESTS, ConditionState, DecisionState, Outcome
from supplychain.lookups.models import Lookup
from supplychain.screenings.models import Screening
from supplychain.watches.models import Entry, Watch


@dataclass(frozen=True)
class Evidence:
    """Something held here for a step: how many, the newest day, where it is read."""

    label: str
    count: int
    url: str = ""
    latest: date | None = None
    missing: str = ""
    flag: bool = False  # a yes, without a number


@dataclass(frozen=True)
class Tool:
    """A tool of the step and where it stands; empty url: outside this product."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class CycleStep:
    """One step with the employer's own word on it."""

    number: int
    title: str
    text: str
    note: StepNote | None
    held: list[Evidence] = field(default_factory=list)
    tools: list[Tool] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """What is not there, as sentences."""
        left = [one.missing for one in self.held if not one.count and one.missing]
        return left if self.note else [_("No note yet: what is done, by whom, until when."), *left]

    @property
    def review_late(self) -> bool:
        """Whether it should have been looked at again."""
        return self.note is not None and self.note.review_on < clocks.today()

    @property
    def tone(self) -> str:
        """good, care or stop."""
        if not self.missing and not self.review_late:
            return "good"
        return "care" if self.note or any(one.count for one in self.held) else "stop"


def steps_of(organisation: Organisation) -> list[CycleStep]:
    """The six steps as of today. A bounded number of queries."""
    notes: dict[int, StepNote] = {}
    for row in (
        StepNote.objects.filter(organisation=organisation).select_related("person").order_by("created_at")
    ):
        notes[row.step] = row
    parts = (_embed, _identify, _prevent, _track, _communicate, _remedy)
    titles = step_titles()
    found = []
    for number, part in enumerate(parts, 1):
        title, text = titles[number - 1]
        held, tools = part(organisation)
        found.append(CycleStep(number, title, text, notes.get(number), held, tools))
    return found


def step_titles() -> list[tuple[str, str]]:
    """The six steps in our words, after the OECD guidance."""
    return [
        (
            _("Embed in policy and systems"),
            _("A policy that forbids fees to workers, and people who answer for it."),
        ),
        (_("Identify and assess"), _("Who recruits whom, by which road, and where harm is likely.")),
        (_("Cease, prevent, mitigate"), _("Decide, set conditions, correct; use what influence you have.")),
        (_("Track"), _("See whether it works: look again, ask workers, keep what came of it.")),
        (_("Communicate"), _("Tell what you found and did, and answer those who ask.")),
        (_("Remedy"), _("Put right what was done to people: repay, restore, cooperate.")),
    ]


Part = tuple[list[Evidence], list[Tool]]


def _held(
    label: str,
    count: int,
    url_name: str,
    latest: datetime | date | None = None,
    missing: str = "",
    flag: bool = False,
) -> Evidence:
    day = latest.date() if isinstance(latest, datetime) else latest
    return Evidence(label, count, reverse(url_name), day, missing, flag)


def _dated(rows: QuerySet[Any], moment: str) -> tuple[int, datetime | date | None]:
    found = rows.aggregate(n=Count("pk", distinct=True), last=Max(moment))
    return found["n"], found["last"]


def _embed(organisation: Organisation) -> Part:
    rule = settings_of(organisation).get_approval_display()
    label = _("A second person approves: %(rule)s") % {"rule": str(rule).lower()}
    return (
        [_held(label, 1, "diligence:approval", flag=True)],
        [Tool(_("The Standard, criterion by criterion"), reverse("standard:current"))],
    )


def _identify(organisation: Organisation) -> Part:
    recruiters = [one for one in chain_at(organisation).parties if one.kind in RECRUITERS]
    checks, checked = _dated(Lookup.objects.filter(organisation=organisation), "created_at")
    lists, screened = _dated(Screening.objects.filter(organisation=organisation), "created_at")
    none = _("No supply chain is written down.")
    return (
        [
            _held(_("Recruiters in your supply chain"), len(recruiters), "chains:chain", None, none),
            _held(_("Findings of the chain"), len(findings_of(organisation)), "chains:chain"),
            _held(
                _("Checks with receipt"), checks, "lookups:check", checked, _("No agency was checked yet.")
            ),
            _held(_("Screenings"), lists, "screenings:list", screened, _("No list was screened yet.")),
        ],
        [
            Tool(_("Risk: scores with their inputs and sources"), reverse("chains:chain")),
            Tool(_("Self-assessments stand behind each certificate"), reverse("register:search")),
        ],
    )


def _prevent(organisation: Organisation) -> Part:
    decided, last = _dated(decisions_of(organisation).filter(state=DecisionState.IN_FORCE), "proposed_at")
    wished, wished_at = _dated(
        Nomination.objects.filter(organisation=organisation, withdrawn_at=None), "created_at"
    )
    none = _("No decision about a recruiter is written down.")
    no_wish = _("No uncertified recruiter was nominated.")
    return (
        [
            _held(_("Decisions in force"), decided, "diligence:list", last, none),
            _held(_("Open conditions"), open_conditions(organisation).count(), "diligence:list"),
            _held(_("Nominations"), wished, "diligence:nominations", wished_at, no_wish),
        ],
        [Tool(_("Corrective action: conditions with a last day"), reverse("diligence:add"))],
    )


def _track(organisation: Organisation) -> Part:
    looks, looked = _dated(Entry.objects.filter(watch__organisation=organisation), "at")
    watches = Watch.objects.filter(organisation=organisation, ended_at=None).count()
    met = Condition.objects.filter(decision__organisation=organisation, state=ConditionState.MET).count()
    none = _("Nothing is watched, so nothing shows what changed in between.")
    return (
        [
            _held(_("Watches"), watches, "watches:list", None, none),
            _held(_("Looks kept in the ledger"), looks, "watches:list", looked),
            _held(_("Conditions met"), met, "diligence:list"),
        ],
        [
            Tool(_("Monitoring: watches"), reverse("watches:list")),
            Tool(_("Interviews with workers: by auditors, never read by employers")),
        ],
    )


def _communicate(organisation: Organisation) -> Part:
    rows = InformationRequest.objects.filter(organisation=organisation)
    asked, last = _dated(rows, "received_on")
    waiting = rows.filter(state__in=OPEN_REQUESTS).count()
    is_open = int(settings_of(organisation).inbox_open)
    none = _("Nobody can ask you here: the inbox is closed.")
    return (
        [
            _held(_("Open inbox for requests"), is_open, "diligence:requests", None, none, True),
            _held(_("Requests for information"), asked, "diligence:requests", last),
            _held(_("Requests that wait for you"), waiting, "diligence:requests"),
        ],
        [Tool(_("Dossiers per law"), reverse("dossiers:list"))],
    )


def _remedy(organisation: Organisation) -> Part:
    stopped = decisions_of(organisation).filter(outcome=Outcome.STOP, state=DecisionState.IN_FORCE).count()
    return (
        [_held(_("Recruiters you stopped working with"), stopped, "diligence:list")],
        [
            Tool(
                _("Costs of job orders that name you: confirm or dispute"),
                reverse("assessments:employer_orders"),
            ),
            Tool(_("Repayment of fees: the agency's case, agreed by the scheme")),
        ],
    )
