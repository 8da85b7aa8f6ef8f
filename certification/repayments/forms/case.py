"""Forms of a case as a whole."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.models import Agency
from certification.repayments.models import RepaymentCase
from certification.repayments.services import verifiers
from certification.repayments.states import BreachKind, CheckResult, PayerKind, Rule, Source
from iris.accounts.models import Organisation
from iris.core.forms import DateInput, Form
from iris.core.money import CURRENCY_CHOICES
from iris.core.places import COUNTRY_CHOICES

CHOOSE = [("", _("Choose"))]
PAYERS = 4


class CaseForm(Form):
    """A form on a case; most ignore which one."""

    def __init__(self, *args: Any, case: RepaymentCase | None = None, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        if case is not None:
            self.prepare(case)

    def prepare(self, case: RepaymentCase) -> None:
        """Fill in what the case says already."""


class ListFilters(Form):
    """Which cases are shown."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("Open cases")), ("all", _("All cases"))]
    )


class OpenForm(Form):
    """A new case."""

    title = forms.CharField(
        label=_("What it is about"),
        max_length=160,
        help_text=_("For example: fees of the 2024 intake, Kuala Lumpur."),
    )
    source_label = forms.ChoiceField(label=_("What it came from"), choices=[*CHOOSE, *Source.choices])


class OpenForAgencyForm(OpenForm):
    """A new case, by the scheme or an auditor: for which agency."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    field_order = ("agency", "title", "source_label")


class NothingToFill(CaseForm):
    """A button with its consequences in words."""


class ReasonForm(CaseForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class TextForm(CaseForm):
    """How it is put right."""

    text = forms.CharField(
        label=_("How it is put right"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class TermsForm(CaseForm):
    """The rule and the currency."""

    rule = forms.ChoiceField(
        label=_("Who cannot prove all costs gets"),
        choices=Rule.choices,
        widget=forms.RadioSelect,
        help_text=_("Of what was proven in the same cohort. Never less than a worker's own proof."),
    )
    currency = forms.ChoiceField(label=_("Currency of the payout"), choices=[*CHOOSE, *CURRENCY_CHOICES])

    def prepare(self, case: RepaymentCase) -> None:
        """What is chosen already; the higher of both where nothing is."""
        self.initial.setdefault("rule", case.rule or Rule.HIGHER_OF)
        self.initial.setdefault("currency", case.currency)


class CohortForm(CaseForm):
    """A cohort."""

    name = forms.CharField(
        label=_("Name of the cohort"), max_length=60, help_text=_("Short, for example A or KL 2024.")
    )
    origin = forms.ChoiceField(label=_("From"), choices=[*CHOOSE, *COUNTRY_CHOICES])
    destination = forms.ChoiceField(label=_("To"), choices=[*CHOOSE, *COUNTRY_CHOICES])
    employer_name = forms.CharField(label=_("Employer"), max_length=160)
    recruiter = forms.CharField(label=_("Recruiter or sub-agent"), max_length=160, required=False)
    joined_from = forms.DateField(label=_("Joined from"), widget=DateInput())
    joined_to = forms.DateField(label=_("Joined until"), widget=DateInput())


class RateForm(CaseForm):
    """An exchange rate."""

    currency = forms.ChoiceField(label=_("Currency workers paid in"), choices=[*CHOOSE, *CURRENCY_CHOICES])
    value = forms.CharField(label=_("Rate"), max_length=30)
    on = forms.DateField(label=_("Day of the rate"), widget=DateInput())
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("For example: Nepal Rastra Bank, reference rate, selling."),
    )

    def prepare(self, case: RepaymentCase) -> None:
        """Say which way round the rate goes."""
        self.fields["value"].help_text = _("How much %(payout)s one unit is worth, exactly as published.") % {
            "payout": case.currency or _("of the payout currency")
        }


class InterestForm(CaseForm):
    """Interest for late repayment."""

    percent = forms.CharField(label=_("Per cent a year"), max_length=12)
    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(label=_("To"), widget=DateInput(), help_text=_("The last day is not counted."))
    why = forms.CharField(label=_("By which rule or agreement"), max_length=200)


class SharesForm(CaseForm):
    """Who pays which share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(self.case.shares.all()) if self.case else []
        for number in range(1, PAYERS + 1):
            row = rows[number - 1] if number <= len(rows) else None
            self._row(number, row)
        if self.case and not rows:
            self.initial.update(
                {
                    "kind_1": PayerKind.AGENCY,
                    "name_1": self.case.agency.legal_name,
                    "percent_1": "100",
                }
            )

    def _row(self, number: int, row: Any) -> None:
        words = {"number": number}
        css = {"class": "form-control"}
        kind = forms.ChoiceField(
            label=_("Payer %(number)s") % words,
            choices=[("", _("None")), *PayerKind.choices],
            required=number == 1,
        )
        kind.widget.attrs["class"] = "form-select"
        self.fields[f"kind_{number}"] = kind
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("Name of payer %(number)s") % words,
            max_length=160,
            required=number == 1,
            widget=forms.TextInput(attrs=css),
        )
        self.fields[f"percent_{number}"] = forms.DecimalField(
            label=_("Per cent paid by payer %(number)s") % words,
            max_digits=5,
            decimal_places=2,
            min_value=Decimal("0.01"),
            required=number == 1,
            widget=forms.NumberInput(attrs=css),
        )
        if row is not None:
            self.initial.update(
                {
                    f"kind_{number}": row.kind,
                    f"name_{number}": row.name,
                    f"percent_{number}": row.percent,
                }
            )

    def rows(self) -> list[tuple[str, str, int]]:
        """Kind, name and hundredths of a per cent of the payers that were filled in."""
        data = self.cleaned_data
        return [
            (data[f"kind_{n}"], data[f"name_{n}"], int((data[f"percent_{n}"] or Decimal(0)) * 100))
            for n in range(1, PAYERS + 1)
            if data[f"kind_{n}"]
        ]


class ConsultForm(CaseForm):
    """Workers or their representatives were asked."""

    on = forms.DateField(label=_("When"), widget=DateInput())
    with_whom = forms.CharField(
        label=_("With whom"), max_length=200, help_text=_("Without names of workers.")
    )
    how = forms.CharField(
        label=_("How, and what they said"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class AgreeForm(CaseForm):
    """The scheme agrees and may name who verifies."""

    verifier = forms.ModelChoiceField(
        label=_("Who verifies"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("The firm that audits the agency"),
        help_text=_("An audit firm, or an organisation that stands by workers."),
    )

    def prepare(self, case: RepaymentCase) -> None:
        """Who may be named."""
        field = self.fields["verifier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = verifiers(case.agency)


class InstalmentsForm(CaseForm):
    """The days on which everybody gets a part."""

    def __init__(self, *args: Any, most: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, most + 1):
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Instalment %(number)s") % {"number": number},
                required=number == 1,
                widget=DateInput(attrs={"class": "form-control"}),
            )

    def days(self) -> list[Any]:
        """The days that were given."""
        return [day for name, day in self.cleaned_data.items() if name.startswith("day_") and day]


class ProofForm(CaseForm):
    """A bank document for an instalment."""

    instalment = forms.IntegerField(label=_("Instalment"), min_value=1)
    code = forms.CharField(
        label=_("Code of one worker"),
        max_length=8,
        required=False,
        help_text=_("Left empty, the document proves every payment of the instalment that has no proof yet."),
    )
    proof = forms.FileField(label=_("Bank document"))


class CheckForm(CaseForm):
    """A third-party check."""

    who = forms.CharField(label=_("Who asked"), max_length=160)
    organisation = forms.CharField(label=_("Organisation"), max_length=160)
    on = forms.DateField(label=_("When"), widget=DateInput())
    sample = forms.IntegerField(label=_("Workers asked"), min_value=1)
    result = forms.ChoiceField(label=_("Result"), choices=CheckResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What was found"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    file = forms.FileField(label=_("Report"), required=False)


class BreachForm(CaseForm):
    """Something takes the repayment back."""

    kind = forms.ChoiceField(label=_("What happened"), choices=BreachKind.choices, widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Code of the worker"), max_length=8, required=False, help_text=_("Left empty: all workers.")
    )
    found_on = forms.DateField(label=_("Found on"), widget=DateInput())
    what = forms.CharField(
        label=_("What is known"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Without names."),
    )


class PurposeListForm(CaseForm):
    """The list for the bank."""

    instalment = forms.IntegerField(label=_("Instalment"), min_value=1, initial=1)
    purpose = forms.CharField(
        label=_("What for"), max_length=200, help_text=_("It is written down with your name and the time.")
    )


class UploadForm(CaseForm):
    """A sheet."""

    upload = forms.FileField(label=_("Sheet"), help_text=_("CSV or Excel (.xlsx)."))
    proof = forms.FileField(label=_("Bank document"), required=False)

    def __init__(self, *args: Any, with_proof: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_proof:
            del self.fields["proof"]
