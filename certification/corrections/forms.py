"""What people say is wrong, what an authority files, what the scheme answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.corrections.models.dispute import LONGEST_REPLY, LONGEST_TEXT
from certification.corrections.services import DisputeEntry, NoticeEntry
from certification.corrections.states import About, Measure
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES


class DisputeForm(Form):
    """A dispute. Somebody signed in is not asked who they are; only the agency may reply in public."""

    about = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    wrong = forms.CharField(
        label=_("What does the page say, and why is it wrong?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what is wrong.")},
    )
    right = forms.CharField(
        label=_("What should it say?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proof = forms.CharField(
        label=_("Where can we see it?"),
        required=False,
        max_length=1000,
        help_text=_("The address of a page, a licence, a letter with its date."),
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, help_text=_("You need not give it.")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For the answer. Without it, come back with the code you get."),
        error_messages={
            "invalid": _("Expected an e-mail address such as name@example.org. Correct it, or leave it.")
        },
    )
    reply = forms.CharField(
        label=_("Your words for the public"),
        required=False,
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The scheme may show them beside the entry while the dispute is open. Name no person in them."
        ),
    )
    certificate_number = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    homepage = forms.CharField(
        label=_("Leave this empty"), required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, known: bool, ours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email") if known else ():
            del self.fields[name]
        if not ours:
            del self.fields["reply"]

    @property
    def by_a_machine(self) -> bool:
        """Whether the field that no person sees was filled in."""
        return bool(self.cleaned_data["homepage"])

    def entry(self) -> DisputeEntry:
        """What was said."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "homepage"}
        return DisputeEntry(**given)


class AnswerForm(Form):
    """What the scheme answers."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Give your reasons. The sender reads them.")},
    )

    def add_domain_error(self, error: Any) -> None:
        """A missing reason is a missing answer here."""
        if "reason" in error.fields:
            error.fields["answer"] = error.fields.pop("reason")
        super().add_domain_error(error)


class NoticeForm(Form):
    """A notice of an authority."""

    measure = forms.ChoiceField(
        label=_("What was decided"),
        choices=Measure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )
    country = forms.ChoiceField(label=_("Country of the licence"), choices=COUNTRY_CHOICES)
    licence_number = forms.CharField(label=_("Licence number"), required=False, max_length=80)
    agency_name = forms.CharField(label=_("Name of the agency"), required=False, max_length=300)
    measure_on = forms.DateField(
        label=_("In force from"),
        widget=DateInput(),
        error_messages={
            "required": _("Enter the day."),
            "invalid": _("Write the day as year-month-day, for example 2026-05-03."),
        },
    )
    file_number = forms.CharField(
        label=_("Your file number"),
        required=False,
        max_length=80,
        help_text=_("The same number twice is one notice."),
    )
    text = forms.CharField(
        label=_("What was decided and why, as far as you may say it"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what was decided and why, as far as you may.")},
    )

    def entry(self) -> NoticeEntry:
        """What was filed."""
        return NoticeEntry(**self.cleaned_data)
