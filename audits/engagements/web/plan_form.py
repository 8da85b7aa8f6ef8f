"""The form of a plan: what, when, at what notice, where, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.bodies.states import language_name
from iris.core import clocks
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES

from .. import rules, services
from ..forms import LONGEST
from ..models import Audit
from ..states import Notice

ASK = _("Write this in a sentence or two; the agency reads it.")
LEAST_ROWS, SPARE_ROWS, MOST_ROWS = 3, 1, 12


def _text(label: Any, help_text: Any = "", ask: Any = ASK) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(ask),
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"required": ask} if ask else None,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput())


class PlanForm(Form):
    """The plan of an audit. Each visit is a row of its own; rows without a place are left out."""

    objectives = _text(_("Objectives"))
    scope = _text(_("Scope"), _("Corridors, sectors, branches, sub-agents."))
    criteria = _text(_("Audit criteria"))
    stage1_on = _day(_("Stage 1, desk review from"))
    stage2_from = _day(_("Stage 2, first day"))
    stage2_to = _day(_("Stage 2, last day"))
    notice = forms.ChoiceField(label=_("Notice"), widget=forms.RadioSelect())
    notice_reason = _text(_("Reason for a shorter notice, or for none"), ask="")
    window_from = _day(_("Semi-announced: window from"), required=False)
    window_to = _day(_("Semi-announced: window to"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the audit"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Choose at least one language of the audit.")},
    )
    interview_languages = forms.MultipleChoiceField(
        label=_("Languages of the interviews"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    remote = forms.BooleanField(label=_("Some interviews are held by phone or video"), required=False)
    team = forms.MultipleChoiceField(
        label=_("Other auditors in the team"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Only those who may take this audit are listed. Each declares before stage 1 starts."),
    )
    clash_reason = _text(
        _("Why days that clash with a calendar are kept"),
        _("Only if someone of the team is busy on a planned day. Kept with the audit."),
        ask="",
    )

    def __init__(
        self,
        *args: Any,
        audit: Audit,
        team: Iterable[tuple[str, str]],
        languages: Iterable[str],
        interview_languages: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        colleagues = list(team)
        self._choose("team", colleagues)
        if not colleagues:
            del self.fields["team"]
        self._choose("notice", [(one.value, one.label) for one in rules.notices_for(audit.kind)])
        self._choose("languages", _named(languages))
        self._choose("interview_languages", _named(interview_languages))
        everyone = [(str(audit.lead_id), audit.lead.person.label), *colleagues]
        filled = sum(1 for name in {**self.initial, **self.data} if str(name).endswith("-place"))
        self.rows = min(MOST_ROWS, max(LEAST_ROWS, filled + (0 if self.is_bound else SPARE_ROWS)))
        for number in range(self.rows):
            self._add_row(number, everyone)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # a choice field

    def _add_row(self, number: int, people: list[tuple[str, str]]) -> None:
        fields: dict[str, forms.Field] = {
            "place": forms.CharField(label=_("Place"), required=False, max_length=200),
            "address": forms.CharField(label=_("Address"), required=False, max_length=300),
            "city": forms.CharField(label=_("City"), required=False, max_length=120),
            "country": forms.ChoiceField(
                label=_("Country"), required=False, choices=[("", _("not said")), *COUNTRY_CHOICES]
            ),
            "first_day": _day(_("First day"), required=False),
            "last_day": _day(_("Last day"), required=False),
            "people": forms.MultipleChoiceField(
                label=_("Who goes"), required=False, choices=people, widget=forms.CheckboxSelectMultiple()
            ),
        }
        for name, field in fields.items():
            if name == "country":
                field.widget.attrs["class"] = "form-select"
            elif name != "people":
                field.widget.attrs["class"] = "form-control"
            self.fields[f"visit-{number}-{name}"] = field

    def visit_rows(self) -> list[list[Any]]:
        """The fields of each visit, for the page."""
        names = ("place", "address", "city", "country", "first_day", "last_day", "people")
        return [[self[f"visit-{number}-{name}"] for name in names] for number in range(self.rows)]

    def named(self, *names: str) -> list[Any]:
        """These fields, where the form has them."""
        return [self[name] for name in names if name in self.fields]

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields above the visits, by what they are about."""
        return [
            (_("What is audited"), self.named("objectives", "scope", "criteria")),
            (
                _("When, and what the agency is told"),
                self.named(
                    "stage1_on",
                    "stage2_from",
                    "stage2_to",
                    "notice",
                    "notice_reason",
                    "window_from",
                    "window_to",
                ),
            ),
            (
                _("Who, and in which languages"),
                self.named("team", "languages", "interview_languages", "interpreter", "remote"),
            ),
        ]

    def plan(self) -> services.PlanInput:
        """The plan as it was typed."""
        data = {name: value for name, value in self.cleaned_data.items() if not name.startswith("visit-")}
        team = [UUID(one) for one in data.pop("team", [])]
        return services.PlanInput(**data, sites="", team=team, visits=self._visits())

    def _visits(self) -> list[services.Visit]:
        found = []
        for number in range(self.rows):
            row = {
                name.split("-", 2)[2]: value
                for name, value in self.cleaned_data.items()
                if name.startswith(f"visit-{number}-")
            }
            if not any(row.get(name) for name in ("place", "address", "city", "first_day", "last_day")):
                continue
            people = [UUID(one) for one in row.pop("people", [])]
            found.append(services.Visit(**row, people=people))
        return found


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in codes), key=lambda one: one[1])


def plan_initial(audit: Audit) -> dict[str, Any]:
    """What stands in the plan before the lead auditor writes."""
    plan = getattr(audit, "audit_plan", None)
    if plan is None:
        return _first(audit)
    names = (
        "objectives", "scope", "criteria", "languages", "notice", "notice_reason", "window_from", "window_to",
        "interview_languages", "interpreter", "remote", "clash_reason",
    )  # fmt: skip
    found = {name: getattr(plan, name) for name in names}
    for visit in plan.visits.prefetch_related("people"):
        for name in ("place", "address", "city", "country", "first_day", "last_day"):
            found[f"visit-{visit.position}-{name}"] = getattr(visit, name)
        found[f"visit-{visit.position}-people"] = [str(one.pk) for one in visit.people.all()]
    days = {name: getattr(audit, name) for name in ("stage1_on", "stage2_from", "stage2_to")}
    return found | days


def _first(audit: Audit) -> dict[str, Any]:
    visit, agency = rules.earliest_visit(clocks.today()), audit.agency
    hidden = audit.told_on is not None
    first_day = max(audit.told_on, clocks.today()) if audit.told_on is not None else visit
    return {
        "objectives": _("See whether the agency’s management system meets the Standard in practice."),
        "scope": _("The corridors and sectors of the application, head office, branches and sub-agents."),
        "criteria": _(
            "The Standard in the edition of the application, applicable law, the agency’s declarations."
        ),
        "stage1_on": clocks.today(),
        "stage2_from": first_day,
        "stage2_to": first_day,
        "notice": Notice.UNANNOUNCED if hidden else Notice.ANNOUNCED,
        "languages": ["en"],
        "visit-0-place": _("Head office"),
        "visit-0-address": agency.address,
        "visit-0-city": agency.city,
        "visit-0-country": agency.country,
    }
