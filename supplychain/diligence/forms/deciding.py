"""Forms of the decision log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.accounts.states import Role
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES
from supplychain.diligence.services import ConditionEntry
from supplychain.diligence.states import Approval, DecisionState, Outcome

ANY: list[tuple[str, Any]] = [("", _("Any"))]
CHOOSE: list[tuple[str, Any]] = [("", _("Choose"))]
ROWS = 4


if TYPE_CHECKING:  # generic in the stubs only
    OnePerson = forms.ModelChoiceField[User]
else:
    OnePerson = forms.ModelChoiceField


class PersonChoice(OnePerson):
    """Colleagues by name."""

    def label_from_instance(self, person: User) -> str:
        return person.label


class FilterForm(Form):
    """Which decisions are shown."""

    q = forms.CharField(label=_("Recruiter"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[*ANY, *Outcome.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("In force or proposed")),
            *DecisionState.choices,
            ("all", _("All, with history")),
        ],
    )
    overdue = forms.BooleanField(label=_("With an overdue condition"), required=False)


class DecisionForm(Form):
    """What is decided, and why. Conditions in rows of their own."""

    name = forms.CharField(
        label=_("Recruiter"),
        max_length=300,
        required=False,
        help_text=_("As it is called. One that is on the register is better chosen from a check."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=[*CHOOSE, *COUNTRY_CHOICES])
    outcome = forms.ChoiceField(label=_("What you decide"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you know, what speaks for it and against it. It cannot be changed afterwards."),
    )
    receipt_number = forms.CharField(
        label=_("Receipt of the check it rests on"),
        required=False,
        max_length=24,
        help_text=_("For example R-2611-ABCDE-FGHJK. It stands on the check."),
    )
    source = forms.CharField(
        label=_("What else it rests on"),
        required=False,
        max_length=300,
        help_text=_("For example a row of a screening, a finding of your supply chain, an audit report."),
    )
    approver = PersonChoice(
        label=_("Who approves"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Any colleague"),
        help_text=_("Asked only where a second person is needed."),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, person: User, agency: object = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["approver"]
        choice.queryset = people_of(organisation, Role.SOURCING_MANAGER).exclude(pk=person.pk)
        if agency is not None:
            del self.fields["name"], self.fields["country"]
        for number in range(1, ROWS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Condition %(n)s") % {"n": number},
                required=False,
                max_length=1_000,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Last day"), required=False, widget=DateInput(attrs={"class": "form-control"})
            )
            self.fields[f"who_{number}"] = forms.CharField(
                label=_("Responsible"),
                required=False,
                max_length=160,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def condition_rows(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields of each condition."""
        return [(self[f"text_{n}"], self[f"due_{n}"], self[f"who_{n}"]) for n in range(1, ROWS + 1)]

    def conditions(self) -> list[ConditionEntry]:
        """The rows that were filled in."""
        data = self.cleaned_data
        rows = [
            (data.get(f"text_{n}", ""), data.get(f"due_{n}"), data.get(f"who_{n}", ""))
            for n in range(1, ROWS + 1)
        ]
        return [ConditionEntry(text, due, who) for text, due, who in rows if text or due or who]


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000)


class MeetForm(Form):
    """What shows that a condition is met."""

    note = forms.CharField(
        label=_("What shows that it is met"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000
    )
    upload = forms.FileField(label=_("Document"), required=False)


class ApprovalForm(Form):
    """For which decisions a second person is asked."""

    approval = forms.ChoiceField(
        label=_("A second person approves"), choices=Approval.choices, widget=forms.RadioSelect
    )
