"""Choosing weights, and finding a corridor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES
from supplychain.risk import rules
from supplychain.risk.rules import Weights
from supplychain.risk.states import Input

ANY: list[tuple[str, Any]] = [("", _("Any"))]


class WeightsForm(Form):
    """A weight for each input and why. The number of the version it was made from travels with it."""

    mark_optional = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        help_text=_("Kept with this version and shown to your colleagues."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, weights: Weights, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen, **weights.values}, **kwargs)
        default = rules.default_weights().values
        for code in default:
            self.fields[code] = forms.IntegerField(
                label=Input(code).label,
                min_value=0,
                max_value=100,
                widget=forms.NumberInput(attrs={"class": "form-control num", "inputmode": "numeric"}),
            )

    @property
    def values(self) -> dict[str, int]:
        """The weights given."""
        return {code: self.cleaned_data[code] for code in rules.default_weights().values}

    @property
    def rows(self) -> list[tuple[Any, int]]:
        """Each weight's field with the scheme's weight beside it."""
        return [(self[code], weight) for code, weight in rules.default_weights().values.items()]


class CorridorFilter(forms.Form):
    """Which corridors, and as known on which day."""

    origin = forms.ChoiceField(label=_("Workers come from"), choices=ANY + COUNTRY_CHOICES, required=False)
    destination = forms.ChoiceField(label=_("Workers go to"), choices=ANY + COUNTRY_CHOICES, required=False)
    on = forms.DateField(label=_("As known on"), required=False, widget=DateInput)
