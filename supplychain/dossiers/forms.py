"""Forms of dossiers, holds and the public check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form
from supplychain.chains.models import Party
from supplychain.chains.states import PartyKind
from supplychain.dossiers.rules import laws
from supplychain.dossiers.services import DossierEntry
from supplychain.dossiers.states import Profile, RecordClass, Scope

if TYPE_CHECKING:  # generic in the stubs only
    SeveralParties = forms.ModelMultipleChoiceField[Party]
else:
    SeveralParties = forms.ModelMultipleChoiceField


class SupplierChoice(SeveralParties):
    """Parties of the chain by name."""

    def label_from_instance(self, party: Party) -> str:
        return f"{party.name} ({party.get_kind_display()})"


class DossierForm(Form):
    """A dossier's law, period and scope."""

    law = forms.ChoiceField(label=_("Law"), choices=())
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("It stands on the cover, for example “Statement 2026”.")
    )
    period_from = forms.DateField(label=_("First day"), widget=DateInput())
    period_to = forms.DateField(label=_("Last day"), widget=DateInput())
    scope = forms.ChoiceField(label=_("Supply chain"), choices=Scope.choices, widget=forms.RadioSelect)
    suppliers = SupplierChoice(
        label=_("Suppliers"),
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        help_text=_("Only where suppliers are chosen: everything below them comes along."),
    )
    approved_by = forms.CharField(
        label=_("Approved by"), max_length=200, required=False, help_text=_("For example: the board.")
    )
    approved_on = forms.DateField(label=_("Approved on"), widget=DateInput(), required=False)
    signed_by = forms.CharField(label=_("Signed by"), max_length=200, required=False)

    def __init__(self, *args: Any, organisation: Any, fixed_law: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        law: Any = self.fields["law"]
        law.choices = [("", _("Choose"))] + [
            (one.code, f"{one.short}: {one.name}") for one in laws().values()
        ]
        if fixed_law:
            law.widget = forms.HiddenInput()
        suppliers: Any = self.fields["suppliers"]
        suppliers.queryset = Party.objects.filter(
            organisation=organisation,
            gone_at=None,
            kind__in=[PartyKind.SITE, PartyKind.EMPLOYER, PartyKind.RECRUITER_DESTINATION],
        ).order_by("name")

    def entry(self) -> DossierEntry:
        """As the service takes it."""
        data = {**self.cleaned_data, "suppliers": [one.pk for one in self.cleaned_data["suppliers"]]}
        return DossierEntry(**data)


class WordsForm(Form):
    """The employer's own words on one thing the law asks."""

    text = forms.CharField(
        label=_("Your words"), required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000
    )
    audience = forms.ChoiceField(
        label=_("Shown in copies up to"),
        choices=Profile.choices,
        initial=Profile.PUBLIC,
        help_text=_("“Public” shows it in every copy."),
    )


class MakeForm(Form):
    """For whom copies are made."""

    profiles = forms.MultipleChoiceField(
        label=_("Copies"),
        choices=Profile.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Profile.FULL],
    )


class CheckForm(Form):
    """An archive, or the top hash on the PDF."""

    top = forms.CharField(label=_("Top hash"), max_length=80, required=False)
    archive = forms.FileField(
        label=_("Archive (zip)"), required=False, help_text=_("It is checked and not kept.")
    )


class HoldForm(Form):
    """What must not be deleted, and why."""

    kind = forms.ChoiceField(
        label=_("What it covers"), required=False, choices=[("", _("Everything")), *RecordClass.choices]
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        help_text=_("For example: a court case, an inquiry of an authority, with its reference."),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("Without a day it stands until released."),
    )


class ReleaseForm(Form):
    """Why a hold is needed no more."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000)
