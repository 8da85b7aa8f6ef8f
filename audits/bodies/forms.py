"""Forms of the scheme for audit firms and auditors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput
from iris.core.forms import DateInput, Form
from iris.core.money import CURRENCY_CHOICES, Money
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

from .models import AuditFirm, Auditor
from .services import Interest
from .states import BusyKind, ThreatKind, TieKind, language_choices

ROWS = 3


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


class TrainingForm(Form):
    """A course of the scheme that an auditor passed."""

    course = forms.CharField(label=_("Course"), max_length=160)
    provider = forms.CharField(label=_("Who gave it"), max_length=160, required=False)
    passed_on = forms.DateField(label=_("Passed on"), widget=DateInput())
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].help_text = _("Empty: %(months)s months from the day it was passed.") % {
            "months": clocks.number("auditor_training_months")
        }


class DeclarationForm(Form):
    """What an auditor declares in words."""

    text = forms.CharField(
        label=_("What you checked"),
        help_text=_("For example: past work and training, money from agencies, family and close friends."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InterestForm(Form):
    """One interest of a declaration; an empty row is left out."""

    mark_optional = False

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.order_by("legal_name"), required=False
    )
    organisation = forms.CharField(label=_("Or another organisation"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What ties you"), required=False, choices=[("", _("Choose")), *TieKind.choices]
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput())
    until = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), help_text=_("Empty: it goes on.")
    )

    def clean(self) -> dict[str, Any]:
        """A row that begins says whom, what and since when."""
        data = super().clean() or {}
        if not any(data.get(name) for name in self.fields):
            return data
        if not data.get("agency") and not data.get("organisation"):
            self.add_error("agency", _("Choose the agency, or write the name of the organisation."))
        if not data.get("kind"):
            self.add_error("kind", _("Choose what ties you."))
        if not data.get("since") and "since" not in self.errors:
            self.add_error("since", _("Give the day it started."))
        return data


class BaseInterestFormSet(BaseFormSet):  # type: ignore[type-arg] # generic only in the stubs
    """The interests that were filled in."""

    def interests(self) -> list[Interest]:
        """Rows that say something, in their order."""
        return [
            Interest(
                kind=row["kind"],
                since=row["since"],
                agency_id=row["agency"].pk if row.get("agency") else None,
                organisation=row.get("organisation", ""),
                until=row.get("until"),
            )
            for row in (form.cleaned_data for form in self.forms)
            if row.get("kind")
        ]


InterestFormSet = formset_factory(
    InterestForm, formset=BaseInterestFormSet, extra=ROWS, max_num=40, validate_max=True
)


class BusyForm(Form):
    """Days on which an auditor cannot audit."""

    first = forms.DateField(label=_("First day"), widget=DateInput())
    last = forms.DateField(label=_("Last day"), widget=DateInput())
    kind = forms.ChoiceField(label=_("Why"), choices=BusyKind.choices)
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Seen by the firm and by the scheme. Nothing about health."),
    )


class FirmYearForm(Form):
    """What a firm turned over in a year."""

    year = forms.IntegerField(label=_("Year"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES)
    turnover = forms.CharField(
        label=_("Turnover of the whole firm"), max_length=40, help_text=_("From all work, not only audits.")
    )

    def clean(self) -> dict[str, Any]:
        """The turnover as an exact amount."""
        data = super().clean() or {}
        if data.get("turnover") and data.get("currency"):
            try:
                data["turnover"] = Money.parse(data["turnover"], data["currency"])
            except BadInput as wrong:
                self.add_error("turnover", str(wrong.message))
        return data


class FeeForm(Form):
    """What the firm invoiced to one agency."""

    mark_optional = False

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.order_by("legal_name"), required=False
    )
    amount = forms.CharField(label=_("Invoiced in the year"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        data = super().clean() or {}
        if data.get("agency") and not data.get("amount"):
            self.add_error("amount", _("Give what was invoiced, 0 if nothing."))
        if data.get("amount") and not data.get("agency"):
            self.add_error("agency", _("Choose the agency."))
        return data


class BaseFeeFormSet(BaseFormSet):  # type: ignore[type-arg] # generic only in the stubs
    """The fees that were filled in."""

    def fees(self, currency: str) -> dict[Any, Money]:
        """What each agency paid; problems stand on their rows and raise."""
        found = {}
        for form in self.forms:
            agency = form.cleaned_data.get("agency")
            if agency is None:
                continue
            try:
                if agency.pk in found:
                    raise BadInput(_("This agency stands twice: add the amounts up."))
                found[agency.pk] = Money.parse(form.cleaned_data["amount"], currency)
            except BadInput as wrong:
                form.add_error("amount", str(wrong.message))
                raise
        return found


FeeFormSet = formset_factory(FeeForm, formset=BaseFeeFormSet, extra=5, max_num=200, validate_max=True)


class OverrideForm(Form):
    """Why a reason may be let through."""

    reason = forms.CharField(
        label=_("Why it may be let through"),
        help_text=_(
            "Say what makes up for it, for example an interpreter or a second auditor. Kept for good."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OverrideAnswerForm(Form):
    """The second person's word."""

    confirmed = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Let it through")), ("no", _("Do not let it through"))],
        widget=forms.RadioSelect(),
    )
    reason = forms.CharField(
        label=_("Reason, when it is not let through"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThreatForm(Form):
    """A threat to impartiality."""

    kind = forms.ChoiceField(label=_("Kind of threat"), choices=ThreatKind.choices)
    text = forms.CharField(
        label=_("What the threat is"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    firm = forms.ModelChoiceField(
        label=_("Audit firm"), queryset=AuditFirm.objects.select_related("organisation"), required=False
    )
    auditor = forms.ModelChoiceField(
        label=_("Auditor"), queryset=Auditor.objects.select_related("person"), required=False
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.order_by("legal_name"), required=False
    )
    safeguard = forms.CharField(
        label=_("Safeguard"),
        required=False,
        help_text=_("What protects against it, when that is known already."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = PersonField(label=_("Who looks after it"), queryset=User.objects.none())
    review_on = forms.DateField(label=_("Next review"), widget=DateInput())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[one.pk for one in people]).order_by("full_name")


class SafeguardForm(Form):
    """What protects against a threat, looked at again."""

    safeguard = forms.CharField(
        label=_("What protects against it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = forms.DateField(label=_("Next review"), widget=DateInput())


class CloseThreatForm(Form):
    """Why a threat is gone, or back."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class RegisterFilters(Form):
    """Filters of the register."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("Open and safeguarded")), ("all", _("All"))]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *ThreatKind.choices]
    )
