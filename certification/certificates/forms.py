"""What people type about decisions and certificates. The services judge it; forms only read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from certification.certificates.models import Certificate
from certification.certificates.services import ConditionDraft
from certification.certificates.states import OrderKind, OrderOutcome, Outcome, ReasonCode, Standing
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES, sector_name

CONDITION_ROWS = 3
MOST_CONDITIONS = 12


class DecisionForm(Form):
    """The decider's answer."""

    outcome = forms.ChoiceField(label=_("Your decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_(
            "What you read, what weighed, and why it leads to this answer. The agency and the audit firm read it."
        ),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    effective_on = forms.DateField(
        label=_("Takes effect on"),
        help_text=_("Only for a grant. Empty: today. Never before the day of the decision."),
        required=False,
        widget=DateInput(),
    )


class ConditionForm(Form):
    """One condition of a grant. Its fields are needed together or not at all; the legend above says so."""

    mark_optional = False

    text = forms.CharField(
        label=_("What has to be done"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(label=_("By"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        data = super().clean() or {}
        if data.get("text") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Give the day by which this has to be done."))
        if data.get("due_on") and not data.get("text"):
            self.add_error("text", _("Say what has to be done by this day."))
        return data


class BaseConditionFormSet(BaseFormSet):  # type: ignore[type-arg] # generic only in the stubs
    """The conditions that were filled in."""

    def drafts(self) -> list[ConditionDraft]:
        """Rows that say something, in their order."""
        return [
            ConditionDraft(text=form.cleaned_data["text"], due_on=form.cleaned_data["due_on"])
            for form in self.forms
            if form.cleaned_data.get("text")
        ]


ConditionFormSet = formset_factory(
    ConditionForm,
    formset=BaseConditionFormSet,
    extra=CONDITION_ROWS,
    max_num=MOST_CONDITIONS,
    validate_max=True,
)


def _public_note() -> forms.CharField:
    return forms.CharField(
        label=_("Sentence for the register"),
        help_text=_(
            "Published with the date when it is decided. Name no person and nothing confidential from a finding."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Full reason"),
        help_text=_("The deciders and the agency read this; the public does not."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class EndingForm(Form):
    """Proposing to suspend or withdraw: a reason inside, a sentence outside."""

    reason_code = forms.ChoiceField(
        label=_("Reason for the register"), choices=[("", _("Choose a reason")), *ReasonCode.choices]
    )
    public_note = _public_note()
    reason = _reason()


class ReinstatingForm(Form):
    """Proposing to reinstate: what was put right."""

    public_note = _public_note()
    reason = _reason()


class KeepingForm(Form):
    """Proposing to keep a certificate although a licence was lost."""

    reason = _reason()


class ReasonForm(Form):
    """Giving up, missing or cancelling an audit: a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))


class ConditionMetForm(Form):
    """How it was seen that a condition is met."""

    note = forms.CharField(
        label=_("How you saw that it is met"),
        help_text=_("For example: register of sub-agents' contracts, all nine signed, seen on 12 March."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(Form):
    """A revision with the agency's particulars of today."""

    public_note = forms.CharField(
        label=_("Sentence for the register"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("Full reason"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReductionForm(Form):
    """What would stay of the scope."""

    corridors = forms.MultipleChoiceField(label=_("Corridors that stay"), widget=forms.CheckboxSelectMultiple)
    sectors = forms.MultipleChoiceField(label=_("Sectors that stay"), widget=forms.CheckboxSelectMultiple)
    branches = forms.MultipleChoiceField(
        label=_("Branches that stay"), required=False, widget=forms.CheckboxSelectMultiple
    )
    public_note = _public_note()
    reason = _reason()

    def __init__(self, certificate: Certificate, *args: Any, **kwargs: Any) -> None:
        corridors = [(f"{row.origin}-{row.destination}", row.text) for row in certificate.corridors.all()]
        names = [str(row["name"]) for row in certificate.branches]
        kwargs.setdefault(
            "initial",
            {
                "corridors": [code for code, _text in corridors],
                "sectors": certificate.sectors,
                "branches": names,
            },
        )
        super().__init__(*args, **kwargs)
        self._choices("corridors", corridors)
        self._choices("sectors", [(code, sector_name(code)) for code in certificate.sectors])
        self._choices("branches", [(name, name) for name in names])
        if not names:
            del self.fields["branches"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


class AuditOrderForm(Form):
    """Ordering an audit while a certificate runs."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrderKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why, and what to look at"),
        help_text=_(
            "The audit firm reads it. The agency reads only which kind of audit it is and until when."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = forms.DateField(
        label=_("To be held by"),
        help_text=_(
            "Empty: the last day of the surveillance audit, or the days the scheme gives other audits."
        ),
        required=False,
        widget=DateInput(),
    )


class AuditHeldForm(Form):
    """What came of an ordered audit."""

    held_on = forms.DateField(label=_("Held on"), widget=DateInput())
    outcome = forms.ChoiceField(
        label=_("What it came to"), choices=OrderOutcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeferralForm(Form):
    """A decider's questions before a decision."""

    questions = forms.CharField(
        label=_("What you need to know"),
        help_text=_("The audit firm that audited the agency reads and answers it."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    until = forms.DateField(
        label=_("Answer by"),
        help_text=_("Empty: the longest time there is. After that day you can decide without an answer."),
        required=False,
        widget=DateInput(),
    )


class DeferralAnswerForm(Form):
    """The audit firm's answer."""

    answer = forms.CharField(label=_("Answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))


class MisuseForm(Form):
    """A misuse of the mark, as somebody saw it."""

    what = forms.CharField(
        label=_("What did you see?"),
        help_text=_(
            "For example: a flyer says that a job is certified, or the mark stands on an expired page."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    where = forms.CharField(label=_("Where? An address of a page, or a place and a day"), max_length=1000)
    evidence = forms.FileField(
        label=_("A picture or a PDF of it"), required=False, help_text=_("PNG, JPEG or PDF, at most 20 MB.")
    )


class NoteForm(Form):
    """What the scheme says with an act on a case of misuse."""

    note = forms.CharField(
        label=_("What you saw and what has to be done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


SHOWN_STANDINGS = [
    standing for standing in Standing if standing not in (Standing.APPLICANT, Standing.ENROLLED)
]


class CertificateFilters(Form):
    """Filters of the scheme's list."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=200)
    standing = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), *((one.value, one.label) for one in SHOWN_STANDINGS)],
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("All countries")), *COUNTRY_CHOICES]
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("All sectors")), *SECTOR_CHOICES]
    )
    ends_within = forms.TypedChoiceField(
        label=_("Ends within"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any time")), ("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months"))],
    )


def is_set(form: Form) -> bool:
    """Whether any filter is set."""
    return form.is_valid() and any(form.cleaned_data.values())
