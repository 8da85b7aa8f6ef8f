"""The question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

ANY: list[tuple[str, Any]] = [("", _("Any"))]


class LookupForm(Form):
    """A name or number, and for which corridor and sector it is asked."""

    text = forms.CharField(
        label=_("Agency"),
        help_text=_(
            "Name in any spelling or script, licence, certificate or registration number, phone or web address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    origin = forms.ChoiceField(label=_("Workers come from"), choices=ANY + COUNTRY_CHOICES, required=False)
    destination = forms.ChoiceField(label=_("Workers go to"), choices=ANY + COUNTRY_CHOICES, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=ANY + list(SECTOR_CHOICES), required=False)
