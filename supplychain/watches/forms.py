"""What people set on a watch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.certificates.states import Standing
from iris.accounts.models import User
from iris.core.forms import Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from supplychain.watches.models import Watch
from supplychain.watches.selectors import people_to_choose
from supplychain.watches.services import Settings
from supplychain.watches.states import SubjectKind, Tempo, WatchState

ANY_COUNTRY = [("", _("Any country")), *COUNTRY_CHOICES]
STANDINGS = [one for one in Standing if one not in (Standing.ENROLLED, Standing.SUPERSEDED)]
WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class ListFilter(Form):
    """The list's filters; the address carries them."""

    text = forms.CharField(label=_("Name or note"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("What is watched"), required=False, choices=[("", _("Anything")), *SubjectKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Watching or paused")), *WatchState.choices]
    )


class CorridorForm(Form):
    """A corridor to watch."""

    origin = forms.ChoiceField(
        label=_("Workers from"),
        choices=[("", _("Choose a country")), *COUNTRY_CHOICES],
        error_messages={"required": _("Choose the country the workers come from.")},
    )
    destination = forms.ChoiceField(
        label=_("Jobs in"),
        choices=[("", _("Choose a country")), *COUNTRY_CHOICES],
        error_messages={"required": _("Choose the country the jobs are in.")},
    )


class SearchForm(Form):
    """A search of the register to watch."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), *((one.value, one.label) for one in STANDINGS)],
    )
    country = forms.ChoiceField(label=_("Agency in"), required=False, choices=ANY_COUNTRY)
    origin = forms.ChoiceField(label=_("Workers from"), required=False, choices=ANY_COUNTRY)
    destination = forms.ChoiceField(label=_("Jobs in"), required=False, choices=ANY_COUNTRY)
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("Any sector")), *SECTOR_CHOICES]
    )


class SettingsForm(Form):
    """Who hears of a watch, when, and what is noted about it."""

    title = forms.CharField(label=_("Name of the watch"), max_length=300)
    relationship = forms.CharField(
        label=_("Relationship"),
        max_length=200,
        required=False,
        help_text=_("What this is to you: recruiter in use, candidate, recruiter of a supplier."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    people: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label=_("Who gets the notices"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tempo = forms.ChoiceField(
        label=_("When"),
        choices=Tempo.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "At once: in the inbox and by e-mail, within a minute. A digest gathers the day or the week."
        ),
    )
    webhook = forms.BooleanField(label=_("Also send each change to our webhooks, at once"), required=False)
    disclosed = forms.BooleanField(
        label=_("Let the agency see that we watch it"),
        required=False,
        help_text=_("Otherwise the agency never learns it: no page, message, count or export says so."),
    )

    def __init__(self, *args: Any, watch: Watch, **kwargs: Any) -> None:
        initial = {
            "title": watch.title,
            "relationship": watch.relationship,
            "note": watch.note,
            "people": list(watch.people.all()),
            "tempo": watch.tempo,
            "webhook": watch.webhook,
            "disclosed": watch.disclosed,
        }
        super().__init__(*args, initial=initial, **kwargs)
        people: Any = self.fields["people"]
        people.queryset = people_to_choose(watch.organisation)
        people.label_from_instance = lambda person: person.label
        if watch.kind != SubjectKind.AGENCY:
            del self.fields["disclosed"]

    def settings(self) -> Settings:
        """What was chosen."""
        data = self.cleaned_data
        return Settings(
            title=data["title"],
            note=data["note"],
            relationship=data["relationship"],
            people=tuple(person.pk for person in data["people"]),
            tempo=data["tempo"],
            webhook=data["webhook"],
            disclosed=data.get("disclosed", False),
        )


class PlanForm(Form):
    """When digests come."""

    hour = forms.TypedChoiceField(
        label=_("At (UTC)"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)]
    )
    weekday = forms.TypedChoiceField(label=_("Weekly digests on"), coerce=int, choices=WEEKDAYS)
    when_unchanged = forms.BooleanField(
        label=_("Also when nothing changed"),
        required=False,
        help_text=_(
            "The digest then says how many watches were checked and found unchanged: proof that you monitor."
        ),
    )
