"""What people type when they act on an application."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES

from .services import Flag
from .states import ApplicationState

if TYPE_CHECKING:
    from .selectors import Question

    MarkGroup = tuple[str, str, list[Question]]

LONGEST_NOTE = 2_000

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


class LetterForm(Form):
    """An act that sends a letter: the middle part of the letter, as the person left it."""

    letter_body = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(Form):
    """A reason that people will read. Each page says its own words around it."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        required=False,
    )


class DeferForm(ReasonForm):
    """What is missing, and the questions of the self-assessment that are opened again."""

    ledger = forms.CharField(required=False)

    def __init__(self, *args: Any, groups: Sequence[MarkGroup] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for answer in (question.answer for _code, _title, questions in groups for question in questions):
            self.fields[f"flag-{answer.indicator_id}"] = forms.CharField(
                required=False,
                max_length=LONGEST_NOTE,
                label=_("What is to be answered anew at %(code)s?") % {"code": answer.indicator.code},
                widget=forms.TextInput(attrs={"class": "form-control", "dir": "auto"}),
            )
        self.fields["ledger"].label = _("What is to be answered anew in the cost ledger?")

    def to_mark(self) -> Iterator[dict[str, Any]]:
        """The questions by principle, each with its line; a principle with words in it stands open."""
        for code, title, questions in self.groups:
            lines = [self[f"flag-{question.answer.indicator_id}"] for question in questions]
            rows = [
                {"question": question, "field": line} for question, line in zip(questions, lines, strict=True)
            ]
            yield {"code": code, "title": title, "rows": rows, "marked": any(line.value() for line in lines)}

    @staticmethod
    def flags_of(data: dict[str, Any]) -> list[Flag]:
        """The marked questions: each line with words in it."""
        found = [
            Flag(indicator_id=UUID(name.removeprefix("flag-")), note=note.strip())
            for name, note in data.items()
            if name.startswith("flag-") and note.strip()
        ]
        ledger = str(data.get("ledger", "")).strip()
        return [*found, Flag(indicator_id=None, note=ledger)] if ledger else found


class InformationForm(Form):
    """What the agency sends."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say what you changed or added, and where it is. Documents go into your agency’s pages."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        required=False,
    )


class DeclaredInformationForm(InformationForm, DeclarationForm):
    """What the agency sends, with the declaration of the questions that were opened again."""

    field_order = ("text", "declaration_name", "declaration_role", "agree")


class NoteForm(Form):
    """A note for the scheme's own people."""

    text = forms.CharField(
        label=_("New note"),
        help_text=_("Only people of the scheme read it. It stays as it is written."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
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
            ("returned", _("Back from a deferral")),
            ("stale", _("Claimed, but nothing happens")),
            ("all", _("All")),
            *((state.value, state.label) for state in ApplicationState if state != ApplicationState.DRAFT),
        ],
        required=False,
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("All countries")), *COUNTRY_CHOICES], required=False
    )
    mine = forms.BooleanField(label=_("Only my cases"), required=False)
    unclaimed = forms.BooleanField(label=_("Only unclaimed ones"), required=False)
    late = forms.BooleanField(label=_("Only late ones"), required=False)
