"""Asking an employer, and the employer's dispute."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.assessments.services import Dispute
from iris.core.forms import Form
from iris.core.money import CURRENCY_CHOICES
from iris.core.places import COUNTRY_CHOICES


class AskEmployerForm(Form):
    """Where the employer named on a job order is reached."""

    mark_optional = False

    email = forms.EmailField(
        label=_("E-mail address of the employer’s contact"),
        help_text=_(
            "An employer that works here already is told through its own people. One that does not is invited to come."
        ),
    )
    country = forms.ChoiceField(
        label=_("Country in which the employer is registered"), choices=COUNTRY_CHOICES
    )


class DisputeForm(Form):
    """What is wrong with a cost."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Who paid, how much, or that you do not know this cost."),
        max_length=6_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    own_amount = forms.CharField(
        label=_("Your figure for one worker"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    own_currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, required=False)
    upload = forms.FileField(
        label=_("Document that shows it"),
        help_text=_("PDF, picture, Word, Excel, OpenDocument or text, up to 10 MB, without a password."),
        required=False,
    )

    def dispute(self) -> Dispute:
        """What was written, for the service."""
        data = self.cleaned_data
        return Dispute(data["reason"], data["own_amount"], data["own_currency"] if data["own_amount"] else "")
