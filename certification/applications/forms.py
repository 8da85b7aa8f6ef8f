"""What people type when they act on an application."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES

from .states import ApplicationState

BAD_DAY = _("This is no date of the calendar. Write it as year-month-day, for example 2026-05-03.")


class DeclarationForm(Form):
    """The signatory's declaration."""

    declaration_name = forms.CharField(
        label=_("Full name of the person who declares"),
        error_messages={"required": _("Write the full name of the person who declares.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    declaration_role = forms.CharField(
        label=_("Function in the agency"),
        help_text=_("For example Managing Director."),
        error_messages={"required": _("Write the function in which this person signs for the agency.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    agree = forms.BooleanField(
        label=_("I declare this for the agency"),
        error_messages={"required": _("Tick this to declare. Without the declaration nothing is sent.")},
    )


class InvoiceForm(Form):
    """The number of the invoice for the fee."""

    invoice_number = forms.CharField(
        label=_("Invoice number"),
        help_text=_("The agency reads it in the e-mail and pays with it."),
        error_messages={"required": _("Enter the number of the invoice.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FeeForm(InvoiceForm):
    """The fee has cleared."""

    paid_on = forms.DateField(
        label=_("Cleared on"),
        help_text=_("The day on which the money was there. The review’s clock starts on this day."),
        widget=DateInput(),
        error_messages={"required": _("Enter the day on which the fee cleared."), "invalid": BAD_DAY},
    )


class ReasonForm(Form):
    """A reason that people will read. Each page says its own words around it."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        required=False,
    )


class InformationForm(Form):
    """What the agency sends."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say what you changed or added, and where it is. Documents go into your agency’s pages."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        required=False,
    )


class ConfirmForm(Form):
    """A plain yes to an act that has nothing to type."""


class QueueFilters(Form):
    """Filters of the list of applications; they live in the address."""

    q = forms.CharField(label=_("Agency or number"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("Open")),
            ("screening", _("To be screened")),
            ("all", _("All")),
            *((state.value, state.label) for state in ApplicationState if state != ApplicationState.DRAFT),
        ],
        required=False,
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("All countries")), *COUNTRY_CHOICES], required=False
    )
    mine = forms.BooleanField(label=_("Only my cases"), required=False)
    late = forms.BooleanField(label=_("Only late ones"), required=False)
