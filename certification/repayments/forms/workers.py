"""Forms of one worker."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.assessments.states import Category
from certification.repayments.models import CaseWorker, RepaymentCase
from certification.repayments.rules import instalment_parts
from certification.repayments.states import (
    LANGUAGES,
    Confirmed,
    Grade,
    TracingHow,
    TracingResult,
)
from iris.core.forms import DateInput, Form
from iris.core.money import CURRENCY_CHOICES, Money

CHOOSE = [("", _("Choose"))]


class OneWorkerForm(Form):
    """A form on one worker of a case."""

    def __init__(
        self, *args: Any, case: RepaymentCase | None = None, worker: CaseWorker | None = None, **kwargs: Any
    ) -> None:
        self.case, self.worker = case, worker
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what is known."""


class WorkerForm(OneWorkerForm):
    """A worker. Who it is is sealed and never shown again without a purpose."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Sealed: the page shows a code from here on.")
    )
    contact = forms.CharField(label=_("Phone or other contact"), max_length=200, required=False)
    bank = forms.CharField(label=_("Bank account or wallet"), max_length=200, required=False)
    cohort = forms.ChoiceField(label=_("Cohort"))
    left = forms.BooleanField(label=_("Has left the employer"), required=False)
    missing = forms.BooleanField(label=_("Is still to be found"), required=False)
    complete = forms.BooleanField(
        label=_("All costs are proven, and the worker confirmed that these are all"),
        required=False,
        help_text=_("Otherwise the worker gets at least the figure of the cohort."),
    )
    wage = forms.CharField(label=_("Monthly wage at the destination"), max_length=30, required=False)
    wage_currency = forms.ChoiceField(
        label=_("Currency of the wage"), choices=[*CHOOSE, *CURRENCY_CHOICES], required=False
    )

    def prepare(self) -> None:
        """The cohorts of the case, and the facts there are."""
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)
        names = [row.name for row in self.case.cohorts.all()] if self.case else []
        field.choices = [(name, name) for name in names]
        row = self.worker
        if row is None:
            return
        self.fields["name"].required = False
        for name in ("name", "contact", "bank"):
            self.fields[name].help_text = _("Sealed. Left empty, it stays as it is.")
        self.initial.update(
            {
                "cohort": row.cohort.name,
                "left": row.left,
                "missing": not row.found,
                "complete": row.complete,
                "wage": str(row.wage.amount) if row.wage else "",
                "wage_currency": row.wage_currency,
            }
        )


class LineForm(OneWorkerForm):
    """A cost."""

    category = forms.ChoiceField(
        label=_("Kind of cost"),
        choices=[*CHOOSE, *[(one.value, f"{one.value}: {one.label}") for one in Category]],
    )
    label = forms.CharField(label=_("What it was for"), max_length=120)
    amount = forms.CharField(label=_("Amount"), max_length=30)
    currency = forms.ChoiceField(label=_("Currency"), choices=[*CHOOSE, *CURRENCY_CHOICES])
    paid_on = forms.DateField(label=_("Paid on"), widget=DateInput(), required=False)
    grade = forms.ChoiceField(label=_("It rests on"), choices=[*CHOOSE, *Grade.choices])
    why_not = forms.CharField(
        label=_("Does not count, because"),
        max_length=300,
        required=False,
        help_text=_("Leave empty when it counts. A missing receipt is no reason."),
    )


class LoanForm(OneWorkerForm):
    """What borrowing cost."""

    principal = forms.CharField(label=_("Borrowed"), max_length=30)
    currency = forms.ChoiceField(label=_("Currency"), choices=[*CHOOSE, *CURRENCY_CHOICES])
    percent = forms.CharField(label=_("Per cent a year"), max_length=12, required=False)
    since = forms.DateField(label=_("From"), widget=DateInput(), required=False)
    until = forms.DateField(label=_("To"), widget=DateInput(), required=False)
    stated = forms.CharField(
        label=_("Or: interest paid, as the worker states it"), max_length=30, required=False
    )


class PaymentForm(OneWorkerForm):
    """A payment."""

    instalment = forms.IntegerField(label=_("Instalment"), min_value=1, initial=1)
    paid_on = forms.DateField(label=_("Paid on"), widget=DateInput())
    amount = forms.CharField(label=_("Amount"), max_length=30)
    own_line = forms.BooleanField(label=_("Stands on a line of its own on the payslip"), required=False)
    proof = forms.FileField(label=_("Bank proof"), required=False)

    def prepare(self) -> None:
        """The next part that is open."""
        if self.worker is None or self.case is None or self.worker.due_minor is None:
            return
        plan = [row.number for row in self.case.instalments.all()]
        done = set(
            self.worker.payments.filter(undone_because="").values_list("instalment__number", flat=True)
        )
        open_ = [number for number in plan if number not in done]
        if open_:
            parts = instalment_parts(self.worker.due_minor, len(plan))
            self.initial.update(
                {
                    "instalment": open_[0],
                    "amount": str(Money(parts[open_[0] - 1], self.case.currency).amount),
                }
            )


class ConfirmForm(OneWorkerForm):
    """What a worker confirms."""

    amount = forms.CharField(label=_("Amount the worker says was received in all"), max_length=30)
    how = forms.ChoiceField(label=_("How"), choices=Confirmed.choices, widget=forms.RadioSelect)
    taken_on = forms.DateField(label=_("When"), widget=DateInput())
    taken_by = forms.CharField(label=_("Who asked"), max_length=160)
    language = forms.ChoiceField(label=_("Language"), choices=[*CHOOSE, *LANGUAGES.items()])
    deducted = forms.BooleanField(
        label=_("Something was taken back, from wages or in cash"),
        required=False,
        help_text=_("Ask every worker. It is recorded as a breach."),
    )
    waived = forms.BooleanField(label=_("Something had to be signed or promised for it"), required=False)


class TracingForm(OneWorkerForm):
    """A search for somebody who left."""

    on = forms.DateField(label=_("When"), widget=DateInput())
    how = forms.ChoiceField(label=_("How"), choices=[*CHOOSE, *TracingHow.choices])
    result = forms.ChoiceField(
        label=_("What came of it"), choices=TracingResult.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("Without names."))


class HoldForm(OneWorkerForm):
    """Where the money waits."""

    held_with = forms.CharField(
        label=_("Where the money is held"),
        max_length=200,
        help_text=_("For example: escrow account at a named bank. It stays the worker's money."),
    )


class PurposeForm(OneWorkerForm):
    """Why a name is opened."""

    purpose = forms.CharField(
        label=_("What for"), max_length=200, help_text=_("It is written down with your name and the time.")
    )
