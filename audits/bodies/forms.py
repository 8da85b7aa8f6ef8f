"""Forms of the scheme for audit firms and auditors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

from .models import Auditor
from .states import TieKind, language_choices


class ApproveFirmForm(Form):
    """From when to when a firm may audit."""

    approved_from = forms.DateField(label=_("Approved from"), widget=DateInput())
    approved_until = forms.DateField(
        label=_("Approved until"),
        required=False,
        widget=DateInput(),
        help_text=_("The last day. Empty: until it is ended."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_from"].initial = clocks.today()


class EndApprovalForm(Form):
    """Ending a firm's approval."""

    until = forms.DateField(label=_("Last day of the approval"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AuditorForm(Form):
    """What an auditor is approved for."""

    lead = forms.BooleanField(label=_("May lead audits"), required=False)
    approved_from = forms.DateField(label=_("Approved from"), widget=DateInput())
    approved_until = forms.DateField(
        label=_("Approved until"),
        required=False,
        widget=DateInput(),
        help_text=_("The last day. Empty: until it is ended."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which the auditor interviews"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple(),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=SECTOR_CHOICES, widget=forms.CheckboxSelectMultiple()
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        choices=COUNTRY_CHOICES,
        help_text=_(
            "Origin and destination of a corridor must both be chosen. Hold Ctrl or Cmd to choose several."
        ),
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    reason = forms.CharField(
        label=_("Reason, when the approval ends earlier"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, auditor: Auditor | None = None, **kwargs: Any) -> None:
        if auditor is not None:
            kwargs["initial"] = {
                name: getattr(auditor, name)
                for name in ("lead", "approved_from", "approved_until", "languages", "sectors", "countries")
            }
        super().__init__(*args, **kwargs)
        if auditor is None:
            self.fields["approved_from"].initial = clocks.today()
            del self.fields["reason"]


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic only in the stubs
    """People by name and address."""

    def label_from_instance(self, obj: User) -> str:
        """Two people of one name differ by their address."""
        return f"{obj.label}, {obj.email}"


class NewAuditorForm(AuditorForm):
    """A member of the firm becomes an auditor."""

    person = PersonField(
        label=_("Person"),
        queryset=User.objects.none(),
        help_text=_("Members of the firm who are not auditors yet."),
    )
    field_order = ["person"]

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class TieForm(Form):
    """A tie of an auditor with an agency."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.order_by("legal_name"))
    kind = forms.ChoiceField(label=_("What ties them"), choices=TieKind.choices)
    since = forms.DateField(label=_("Since"), widget=DateInput())
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("Work for an agency still counts for 24 months after this day. Empty: it goes on."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = clocks.number("consultancy_cooloff_months")
        self.fields["until"].help_text = _(
            "Work for an agency still counts for %(months)s months after this day. Empty: it goes on."
        ) % {"months": months}
