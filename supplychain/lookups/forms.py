"""The question, and the filters of the list of checks."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from supplychain.lookups.states import LookupOutcome, Relationship, Via

_DAY = {"invalid": _("Type the day as year, month, day: 2026-11-21.")}
ANY: list[tuple[str, Any]] = [("", _("Any"))]


class TypedText(forms.CharField):
    """Text as it was typed, signs that cannot be seen included: the service says what it left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [
            one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)
        ]


class LookupForm(Form):
    """A name or number, and for which corridor, office, sector and day it is asked."""

    text = TypedText(
        label=_("Agency"),
        required=False,
        help_text=_(
            "Name in any spelling or script, licence, certificate, LEI, tax or registration number, phone or web "
            "address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    country = forms.ChoiceField(
        label=_("Country of the agency"),
        choices=ANY + COUNTRY_CHOICES,
        required=False,
    )
    origin = forms.ChoiceField(label=_("Workers come from"), choices=ANY + COUNTRY_CHOICES, required=False)
    destination = forms.ChoiceField(label=_("Workers go to"), choices=ANY + COUNTRY_CHOICES, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=ANY + list(SECTOR_CHOICES), required=False)
    branch = TypedText(label=_("Office or branch"), required=False)
    on = forms.DateField(
        label=_("As of"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty for today."),
        error_messages=_DAY,
    )
    relationship = forms.ChoiceField(
        label=_("What it is to you"),
        choices=[("", _("Not said")), *Relationship.choices],
        required=False,
    )

    @property
    def more_given(self) -> bool:
        """Whether one of the fields that are folded away holds something, or is wrong."""
        folded = ("sector", "branch", "country", "relationship")
        return any(self[name].value() or self[name].errors for name in folded)


class FilterForm(Form):
    """Which of the organisation's checks are listed."""

    q = forms.CharField(label=_("Text, agency or receipt"), required=False, max_length=100)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ANY + LookupOutcome.choices, required=False)
    relationship = forms.ChoiceField(
        label=_("What it is to you"), choices=ANY + Relationship.choices, required=False
    )
    since = forms.DateField(label=_("From"), required=False, widget=DateInput(), error_messages=_DAY)
    until = forms.DateField(label=_("To"), required=False, widget=DateInput(), error_messages=_DAY)
    via = forms.ChoiceField(label=_("Asked by"), choices=ANY + Via.choices, required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
