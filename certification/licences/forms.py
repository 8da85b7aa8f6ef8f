"""What a person says when bringing a list in, and how a list is searched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form

from .states import LicenceStatus


class UploadForm(Form):
    """A file, when it was had, and whether it is the whole list."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("As the authority publishes it: CSV, Excel, a saved web page or JSON. At most 40 MB."),
        error_messages={
            "required": _("Choose the file of the list."),
            "empty": _("This file is empty. Choose the file again."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.html,.htm,.json"}),
    )
    retrieved_on = forms.DateField(
        label=_("Had from the authority on"),
        help_text=_("The day on which the list was true, not the day of this upload."),
        widget=DateInput(),
        error_messages={
            "required": _("Enter the day on which you had the list."),
            "invalid": _(
                "This is no date of the calendar. Write it as year-month-day, for example 2026-05-03."
            ),
        },
    )
    source = forms.CharField(
        label=_("Where you had it"),
        help_text=_("An address, or “e-mail of the authority”. Shown with every answer."),
        max_length=300,
        error_messages={"required": _("Say where you had the list.")},
    )
    complete = forms.BooleanField(
        label=_("This is the whole list"),
        help_text=_(
            "Then a licence that is not on it counts as not found. Leave it empty for a part of the list."
        ),
        required=False,
    )


class ConfirmForm(Form):
    """The second step: the file of the first, signed, so that what was shown is what is brought in."""

    ticket = forms.CharField(widget=forms.HiddenInput())
    accept_shrunk = forms.BooleanField(
        label=_("The register really shrank this much"),
        required=False,
        help_text=_("Only tick this when you compared the file with the authority’s own page."),
    )


class EntryFilters(Form):
    """Search in a list."""

    q = forms.CharField(label=_("Number or name"), required=False, max_length=120)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *[(one.value, one.label) for one in LicenceStatus if one != LicenceStatus.NOT_FOUND],
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark_optional = False
