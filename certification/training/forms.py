"""What people type about courses. The services judge it; forms only read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.training.models import CatalogueEntry
from certification.training.states import LANGUAGES, Level
from iris.accounts.models import Organisation, User
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES

DAY_FIELDS = 5


class CourseForm(Form):
    """A course to be given."""

    entry = forms.ModelChoiceField(label=_("Course of the catalogue"), queryset=CatalogueEntry.objects.none())
    trainers = forms.ModelMultipleChoiceField(
        label=_("Who gives it"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They stand once the course is announced. Whoever trains people of an agency may not audit it or decide "
            "on it for two years."
        ),
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=120, help_text=_("Left empty, the course is online.")
    )
    country = forms.ChoiceField(
        label=_("Country of the place"),
        required=False,
        choices=[("", _("None, it is online")), *COUNTRY_CHOICES],
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=500)

    def __init__(self, entries: Any, trainers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry, people = self.fields["entry"], self.fields["trainers"]
        assert isinstance(entry, forms.ModelChoiceField)
        assert isinstance(people, forms.ModelMultipleChoiceField)
        entry.queryset = entries
        people.queryset = trainers
        people.label_from_instance = lambda obj: str(obj.label)  # type: ignore[method-assign] # Django documents it
        for number in range(1, DAY_FIELDS + 1):
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Day %(number)s") % {"number": number},
                required=number == 1,
                widget=DateInput(attrs={"class": "form-control"}),
            )

    def days(self) -> list[Any]:
        """The days that were given."""
        told = [self.cleaned_data.get(f"day_{number}") for number in range(1, DAY_FIELDS + 1)]
        return [one for one in told if one]


class EnrolForm(Form):
    """One person for one course."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        field.label_from_instance = lambda obj: str(obj.label)  # type: ignore[method-assign] # Django documents it


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class EntryForm(Form):
    """A kind of course for the catalogue."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Short, for example GAP-2."))
    title = forms.CharField(label=_("Title"), max_length=120)
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("Choose")), *Level.choices])
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=400)
    about = forms.CharField(
        label=_("What people can do afterwards"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class ProviderForm(Form):
    """An organisation that may give courses."""

    organisation = forms.ModelChoiceField(label=_("Training provider"), queryset=Organisation.objects.none())
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("Left empty, the approval holds until you end it."),
    )

    def __init__(self, organisations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
