"""Job orders, costs, and what is said about a cost that workers bore."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from certification.assessments.models import CostLine, Evidence, JobOrder
from certification.assessments.services import CostLineEntry, JobOrderEntry, Settlement
from certification.assessments.states import SINGLE_PAYERS, Category, ExceptionReason, Lawful, Payer
from iris.core.forms import DateInput, Form
from iris.core.money import CURRENCY_CHOICES
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

REPAYERS = [(payer.value, payer.label) for payer in SINGLE_PAYERS if payer != Payer.WORKER]
SINGLE = [(payer.value, payer.label) for payer in SINGLE_PAYERS]
SECTORS = [("", _("Not one sector")), *SECTOR_CHOICES]
CATEGORIES = [(kind.value, f"{kind.value}: {kind.label}") for kind in Category]


class JobOrderForm(Form):
    """An order of an employer for workers in one corridor."""

    mark_optional = False

    reference = forms.CharField(label=_("Number of the job order"), max_length=60, required=False)
    origin = forms.ChoiceField(
        label=_("Workers come from"), choices=[("", _("Choose a country")), *COUNTRY_CHOICES], required=False
    )
    destination = forms.ChoiceField(
        label=_("Workers go to"), choices=[("", _("Choose a country")), *COUNTRY_CHOICES], required=False
    )
    employer_name = forms.CharField(label=_("Employer"), max_length=200, required=False)
    workers = forms.IntegerField(
        label=_("Number of workers"), required=False, min_value=0, max_value=10_000_000
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        help_text=_("In which most of its costs were paid. A single cost may be in another one."),
        choices=[("", _("Choose a currency")), *CURRENCY_CHOICES],
        required=False,
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=SECTORS, required=False)
    wage = forms.CharField(
        label=_("Monthly wage of one worker there"),
        help_text=_(
            "Basic wage by contract. With it we say what a fee means to a worker, in months of wage."
        ),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    wage_currency = forms.ChoiceField(
        label=_("Currency of the wage"),
        choices=[("", _("Choose a currency")), *CURRENCY_CHOICES],
        required=False,
    )

    @staticmethod
    def initial_of(order: JobOrder) -> dict[str, Any]:
        """What the form shows for a stored order."""
        shown = {name: getattr(order, name) for name in JobOrderEntry.__dataclass_fields__ if name != "wage"}
        return {**shown, "wage": f"{order.wage.amount}" if order.wage else ""}

    def entry(self) -> JobOrderEntry:
        """What was written, for the service."""
        data = dict(self.cleaned_data)
        return JobOrderEntry(**{**data, "workers": data["workers"] or 0})


def _share(label: StrOrPromise) -> forms.CharField:
    attrs = {"inputmode": "decimal", "autocomplete": "off"}
    return forms.CharField(label=label, max_length=60, required=False, widget=forms.TextInput(attrs=attrs))


class CostLineForm(Form):
    """One cost, for one worker."""

    mark_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    category = forms.ChoiceField(
        label=_("Kind of cost"), choices=[("", _("Choose a kind")), *CATEGORIES], required=False
    )
    label = forms.CharField(
        label=_("Name of the cost"),
        help_text=_("As it stands on the receipt or invoice."),
        max_length=200,
        required=False,
    )
    amount = forms.CharField(
        label=_("Amount for one worker"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, required=False)
    should_pay = forms.ChoiceField(
        label=_("Who should pay, by contract or agreement?"),
        choices=SINGLE,
        initial=Payer.EMPLOYER,
        required=False,
        widget=forms.RadioSelect,
    )
    paid_by = forms.ChoiceField(
        label=_("Who paid?"),
        help_text=_("Who bore the cost in the end, also when it was taken from wages later or lent first."),
        choices=Payer.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    share_employer = _share(_("Share of the employer"))
    share_agency = _share(_("Share of the agency"))
    share_worker = _share(_("Share of the worker"))
    share_other = _share(_("Share of someone else"))
    paid_by_name = forms.CharField(label=_("Someone else: who?"), max_length=200, required=False)
    proof = forms.ChoiceField(label=_("Document that proves who paid"), required=False)
    upload = forms.FileField(
        label=_("Or add a new document"),
        help_text=_("PDF, picture, Word, Excel, OpenDocument or text, up to 10 MB, without a password."),
        required=False,
    )
    lawful = forms.ChoiceField(
        label=_("Lawful here?"),
        help_text=_(
            "Does the law of this corridor allow that this payer bears this cost? Lawful and fair are two answers."
        ),
        choices=Lawful.choices,
        initial=Lawful.UNCLEAR,
        required=False,
        widget=forms.RadioSelect,
    )
    law_reference = forms.CharField(
        label=_("Law or rule"),
        help_text=_("Name and section, if you know it."),
        max_length=300,
        required=False,
    )
    exception_reason = forms.ChoiceField(
        label=_("Only if the worker paid: does one of the two exceptions hold?"),
        choices=[("", _("No exception")), *ExceptionReason.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    exception_note = forms.CharField(
        label=_("Describe the exception"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, library: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proof = self.fields["proof"]
        assert isinstance(proof, forms.ChoiceField)
        proof.choices = [
            ("", _("No document yet")),
            *((str(document.pk), document.title) for document in library),
        ]

    @staticmethod
    def initial_of(line: CostLine) -> dict[str, Any]:
        """What the form shows for a stored cost."""
        names = (
            "version",
            "category",
            "label",
            "currency",
            "should_pay",
            "paid_by",
            "paid_by_name",
            "lawful",
        )
        shown = {
            name: getattr(line, name)
            for name in (*names, "law_reference", "exception_reason", "exception_note")
        }
        if line.paid_by == Payer.SHARED:
            shown |= {f"share_{payer.value}": f"{part.amount}" for payer, part in line.shares}
        return {**shown, "amount": f"{line.money.amount}", "proof": str(line.proof_id or "")}

    def entry(self) -> CostLineEntry:
        """What was written, for the service."""
        data = self.cleaned_data
        names = ("category", "label", "amount", "currency", "paid_by", "should_pay", "paid_by_name", "lawful")
        words = {name: data[name] for name in (*names, "law_reference", "exception_reason", "exception_note")}
        shares = {payer.value: data[f"share_{payer.value}"] for payer in SINGLE_PAYERS}
        proof = UUID(data["proof"]) if data["proof"] else None
        return CostLineEntry(**words, proof_id=proof, shares=shares)


class SettlementForm(Form):
    """What happened with a worker-borne cost and how it is repaid."""

    mark_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    response = forms.CharField(
        label=_("What happened?"),
        help_text=_("Who asked the workers to pay, when, how many paid, and how you found out."),
        max_length=6_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    repaid_how = forms.CharField(
        label=_("How is it repaid?"),
        help_text=_(
            "To every worker who paid, in full, those who have left included; without deducting it elsewhere."
        ),
        max_length=6_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    repaid_by = forms.ChoiceField(
        label=_("Who repays?"), choices=REPAYERS, required=False, widget=forms.RadioSelect
    )
    repaid_on = forms.DateField(label=_("Repaid by, or on"), required=False, widget=DateInput())

    def settlement(self) -> Settlement:
        """What was written, for the service."""
        data = self.cleaned_data
        return Settlement(
            response=data["response"],
            repaid_how=data["repaid_how"],
            repaid_by=data["repaid_by"],
            repaid_on=data["repaid_on"],
        )


class PriceAnswerForm(Form):
    """How a price below the expected costs carries an employer-pays recruitment."""

    mark_optional = False

    answer = forms.CharField(
        label=_("How is it paid, if not by workers?"),
        help_text=_(
            "Costs that the employer pays directly and that are missing here, a lower price and its proof, "
            "or what you put right."
        ),
        max_length=6_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
