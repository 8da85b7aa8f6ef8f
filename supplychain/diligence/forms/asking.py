"""Forms of requests, steps and nominations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES
from supplychain.diligence.states import Channel, InboxLaw

CHOOSE: list[tuple[str, Any]] = [("", _("Choose"))]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each as a file of its own."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class AskForm(Form):
    """The public question to an employer."""

    text = forms.CharField(
        label=_("What would you like to know?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5_000,
        help_text=_(
            "For example: which recruiters bring workers to a site, and what is known of fees they paid."
        ),
    )
    asker = forms.CharField(
        label=_("Your name"), max_length=200, required=False, help_text=_("You need not give it.")
    )
    contact = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For a message when there is news. Without it, come back with the code you get."),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"), required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )


class RecordForm(Form):
    """A letter or an e-mail that came in."""

    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[one for one in Channel.choices if one[0] != Channel.PAGE]
    )
    received_on = forms.DateField(label=_("Day it arrived"), widget=DateInput())
    asker = forms.CharField(label=_("From"), max_length=200, required=False)
    contact = forms.CharField(label=_("Address or e-mail"), max_length=254, required=False)
    text = forms.CharField(
        label=_("What is asked"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5_000
    )
    uploads = FilesField(label=_("The letter"), required=False)


class TextForm(Form):
    """A text."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5_000)


class NothingForm(Form):
    """A button with its consequences in words."""


class ExtendForm(Form):
    """More time, and why."""

    until = forms.DateField(label=_("Answer by"), widget=DateInput())
    reason = forms.CharField(
        label=_("Why it takes longer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000
    )


class RefuseForm(Form):
    """The ground, and why it holds."""

    ground = forms.CharField(
        label=_("Legal ground"),
        max_length=300,
        help_text=_("For example: Transparency Act section 6, second paragraph."),
    )
    text = forms.CharField(
        label=_("Why it holds"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000
    )


class AnswerForm(Form):
    """The answer with its papers."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000)
    uploads = FilesField(label=_("Papers"), required=False)


class InboxForm(Form):
    """The employer's inbox."""

    is_open = forms.BooleanField(label=_("Anybody may send a request here"), required=False)
    law = forms.ChoiceField(
        label=_("By whose clock you answer"), choices=InboxLaw.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("Days to answer, where it is your own promise"), required=False, min_value=1, max_value=90
    )
    words = forms.CharField(
        label=_("Words above the form"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(Form):
    """The employer's own word on a step."""

    note = forms.CharField(
        label=_("What is done"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5_000
    )
    owner = forms.CharField(label=_("Who looks after it"), max_length=160)
    review_on = forms.DateField(label=_("Looked at again on"), widget=DateInput())


class NominateForm(Form):
    """A recruiter that should be certified."""

    name = forms.CharField(label=_("Recruiter"), max_length=300)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=[*CHOOSE, *COUNTRY_CHOICES])
    email = forms.EmailField(
        label=_("Its published e-mail"), required=False, help_text=_("As on its website or licence.")
    )
    website = forms.URLField(label=_("Its website"), required=False, assume_scheme="https")
    why = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        help_text=_("For your own record. The scheme reads it only if you let it know who you are."),
    )
    named = forms.BooleanField(label=_("The scheme may know that we nominated it"), required=False)


class InviteForm(Form):
    """Where the scheme writes to."""

    email = forms.EmailField(
        label=_("Published address of the agency"),
        help_text=_("Look it up: its website or the register of its state."),
    )
