"""Forms of the acts on parties and links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from iris.core.money import CURRENCY_CHOICES
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from supplychain.chains.services import Terms
from supplychain.chains.states import FeeTerms, PartyKind

COUNTRIES = [("", _("Not known")), *COUNTRY_CHOICES]
COHORT = ("cohort_workers", "origin", "destination", "sector", "arrived_on")


class PartyForm(Form):
    """What a party is."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PartyKind.choices)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        help_text=_("Leave it empty for a recruiter or sub-agent nobody has named: it is shown as unknown."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, required=False)
    number = forms.CharField(label=_("Licence or registration number"), required=False, max_length=80)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    owner = forms.CharField(label=_("Owner"), required=False, max_length=200)
    cohort_workers = forms.IntegerField(label=_("Number of workers"), required=False, min_value=0)
    origin = forms.ChoiceField(label=_("They come from"), choices=COUNTRIES, required=False)
    destination = forms.ChoiceField(label=_("They work in"), choices=COUNTRIES, required=False)
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[("", _("Not known")), *SECTOR_CHOICES], required=False
    )
    arrived_on = forms.DateField(label=_("Arrived on"), required=False, widget=DateInput())

    def about(self) -> dict[str, Any]:
        """The fields of a party, as the services take them."""
        told = {name: self.cleaned_data.get(name) or "" for name in ("number", "address", "owner")}
        told |= {name: self.cleaned_data.get(name) or "" for name in ("origin", "destination", "sector")}
        return {
            **told,
            "workers": self.cleaned_data.get("cohort_workers"),
            "arrived_on": self.cleaned_data.get("arrived_on"),
        }

    def named(self) -> dict[str, Any]:
        """Kind, name and country."""
        return {name: self.cleaned_data.get(name, "") for name in ("kind", "name", "country")}


class TermsForm(Form):
    """What is said of a link."""

    since = forms.DateField(label=_("Since"), widget=DateInput())
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput())
    workers = forms.IntegerField(label=_("Workers a year"), required=False, min_value=0)
    fee_terms = forms.ChoiceField(
        label=_("Who pays for recruitment"), choices=FeeTerms.choices, initial="unknown"
    )
    fee = forms.CharField(label=_("What one worker pays"), required=False, max_length=20)
    fee_currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", _("None")), *CURRENCY_CHOICES], required=False
    )
    contract_reference = forms.CharField(label=_("Contract"), required=False, max_length=120)
    contract = forms.FileField(label=_("Contract as a file"), required=False)

    def terms(self) -> Terms:
        """As the services take it."""
        names = ("until", "workers", "contract_reference", "fee_terms", "fee", "fee_currency")
        return Terms(**{name: self.cleaned_data.get(name) for name in names})  # type: ignore[arg-type]


class BelowForm(PartyForm, TermsForm):
    """A party with the link that leads to it."""


class EndForm(Form):
    """From when on no workers come this way."""

    until = forms.DateField(label=_("Last day"), widget=DateInput())
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class ReasonForm(Form):
    """Why something was a mistake."""

    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300)


class VerifyForm(Form):
    """How a link was verified."""

    how = forms.CharField(
        label=_("How it was verified"), max_length=300, help_text=_("What was seen, or who was asked.")
    )
    upload = forms.FileField(label=_("Document that shows it"), required=False)


class MergeForm(Form):
    """Which other party is the same."""

    other = forms.ChoiceField(label=_("The same as"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("How you know"), required=False, max_length=300)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = others  # type: ignore[attr-defined]


class MatchForm(Form):
    """Which agency of the register a recruiter is."""

    agency = forms.ChoiceField(label=_("Agency of the register"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("How you know"), required=False, max_length=300)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [*agencies, ("none", _("None of these"))]  # type: ignore[attr-defined]


class InviteForm(Form):
    """Whom to ask."""

    email = forms.EmailField(label=_("E-mail address"))
    contact = forms.CharField(label=_("Name of the person"), required=False, max_length=120)
    message = forms.CharField(
        label=_("Your message"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class LineForm(Form):
    """One party a supplier names."""

    above = forms.ChoiceField(label=_("It stands below"), required=False)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[pair for pair in PartyKind.choices if pair[0] != PartyKind.BUYER],
        initial=PartyKind.RECRUITER_ORIGIN,
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=400)
    confidential = forms.BooleanField(
        label=_("Keep this name from the buyer"),
        required=False,
        help_text=_("The buyer sees the country and whether it is certified, and a proof that you named it."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, required=False)
    number = forms.CharField(label=_("Licence number"), required=False, max_length=80)
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput())
    workers = forms.IntegerField(label=_("Workers a year"), required=False, min_value=0)
    fee_terms = forms.ChoiceField(
        label=_("Who pays for recruitment"), choices=FeeTerms.choices, initial="unknown"
    )
    fee = forms.CharField(label=_("What one worker pays"), required=False, max_length=20)
    fee_currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", _("None")), *CURRENCY_CHOICES], required=False
    )

    def __init__(self, *args: Any, own: list[tuple[str, str]], you: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["above"].choices = [("", you), *own]  # type: ignore[attr-defined]
