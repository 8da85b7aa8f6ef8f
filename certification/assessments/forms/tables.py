"""Watched words, expected costs, exchange rates, and the calculator's question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.assessments.models import CorridorCost, LabelTerm
from certification.assessments.services import CostEntry, RateEntry, TermEntry
from certification.assessments.states import Category, DisguiseKind
from iris.core.forms import DateInput, Form
from iris.core.money import CURRENCY_CHOICES
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

LANGUAGES = [
    ("ar", _("Arabic")),
    ("bn", _("Bengali")),
    ("my", _("Burmese")),
    ("zh", _("Chinese")),
    ("cs", _("Czech")),
    ("en", _("English")),
    ("hi", _("Hindi")),
    ("id", _("Indonesian")),
    ("km", _("Khmer")),
    ("ne", _("Nepali")),
    ("pl", _("Polish")),
    ("si", _("Sinhala")),
    ("es", _("Spanish")),
    ("tl", _("Tagalog")),
    ("ta", _("Tamil")),
    ("th", _("Thai")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("vi", _("Vietnamese")),
]
LEGITIMATE = [(kind.value, f"{kind.value}: {kind.label}") for kind in Category if kind != Category.X]
CURRENCIES = [("", _("Choose a currency")), *CURRENCY_CHOICES]
COUNTRIES = [("", _("Choose a country")), *COUNTRY_CHOICES]
DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


class TermForm(Form):
    """One word to watch."""

    mark_optional = False

    term = forms.CharField(label=_("Word or words"), max_length=200, required=False)
    lang = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Choose a language")), *LANGUAGES], required=False
    )
    kind = forms.ChoiceField(
        label=_("What it often stands for"),
        choices=[("", _("Choose one")), *DisguiseKind.choices],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Kind of cost it usually belongs to"),
        choices=[("", _("It depends")), *((kind.value, f"{kind.value}: {kind.label}") for kind in Category)],
        required=False,
    )
    why = forms.CharField(
        label=_("Why it is watched"),
        help_text=_("One plain sentence. Agencies read it beside the cost, workers on the public page."),
        max_length=1_200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=_("Source"), help_text=_("Empty means general knowledge."), max_length=300, required=False
    )
    reviewed = forms.BooleanField(
        label=_("A person who reads this language well has looked at it"), required=False
    )

    @staticmethod
    def initial_of(term: LabelTerm) -> dict[str, Any]:
        """What the form shows for a watched word."""
        return {name: getattr(term, name) for name in TermEntry.__dataclass_fields__}

    def entry(self) -> TermEntry:
        """What was written, for the service."""
        return TermEntry(**{name: self.cleaned_data[name] for name in TermEntry.__dataclass_fields__})


class TermChangeForm(TermForm):
    """Another wording in the place of a word."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=1_000, required=False)


class ReasonForm(Form):
    """Why a row is retired."""

    reason = forms.CharField(
        label=_("Why?"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CostForm(Form):
    """One component of the expected cost of a place."""

    mark_optional = False

    origin = forms.ChoiceField(label=_("Workers come from"), choices=COUNTRIES, required=False)
    destination = forms.ChoiceField(label=_("Workers go to"), choices=COUNTRIES, required=False)
    sector = forms.ChoiceField(
        label=_("Sector"),
        help_text=_("A component for a sector takes the place of the general one of the same name."),
        choices=[("", _("Every sector")), *SECTOR_CHOICES],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Kind of cost"), choices=[("", _("Choose a kind")), *LEGITIMATE], required=False
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    low = forms.CharField(
        label=_("Low, for one worker"),
        help_text=_("The least it can honestly cost. Prices below the sum of these raise an alarm."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=DECIMAL),
    )
    typical = forms.CharField(
        label=_("Typical"), max_length=60, required=False, widget=forms.TextInput(attrs=DECIMAL)
    )
    high = forms.CharField(
        label=_("High"), max_length=60, required=False, widget=forms.TextInput(attrs=DECIMAL)
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    draft = forms.BooleanField(
        label=_("Draft: a proposal of ours, not a figure of the source"), required=False
    )

    @staticmethod
    def initial_of(cost: CorridorCost) -> dict[str, Any]:
        """What the form shows for a component."""
        names = ("origin", "destination", "sector", "category", "name", "currency", "source", "draft")
        shown = {name: getattr(cost, name) for name in names}
        amounts = {name: f"{getattr(cost, name).amount}" for name in ("low", "typical", "high")}
        return {**shown, **amounts}

    def entry(self) -> CostEntry:
        """What was written, for the service."""
        return CostEntry(**{name: self.cleaned_data[name] for name in CostEntry.__dataclass_fields__})


class CostChangeForm(CostForm):
    """New figures in the place of a component's."""

    reason = forms.CharField(label=_("Why the figures change"), max_length=1_000, required=False)


class RateForm(Form):
    """An exchange rate with its day."""

    mark_optional = False

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    per_usd = forms.CharField(
        label=_("Units for one US dollar"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=DECIMAL),
    )
    rate_on = forms.DateField(label=_("Rate of the day"), required=False, widget=DateInput())
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def entry(self) -> RateEntry:
        """What was written, for the service."""
        return RateEntry(**self.cleaned_data)


class CalculatorForm(Form):
    """Which places in which corridor."""

    origin = forms.ChoiceField(label=_("Workers come from"), choices=COUNTRIES)
    destination = forms.ChoiceField(label=_("Workers go to"), choices=COUNTRIES)
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[("", _("Any sector")), *SECTOR_CHOICES], required=False
    )
    workers = forms.IntegerField(label=_("Number of workers"), min_value=1, max_value=1_000_000, initial=1)
    currency = forms.ChoiceField(
        label=_("Shown in"), choices=[("", _("The corridor’s currency")), *CURRENCY_CHOICES], required=False
    )
