"""Forms of a finding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audits.engagements.models import Audit
from audits.fieldwork.models import Evidence
from audits.fieldwork.selectors import evidence_of
from certification.standard.models import Indicator
from iris.core.days import in_words
from iris.core.forms import DateInput, Form

from .models import Finding
from .selectors import askable_clocks, last_day_to_grant
from .services import FindingText
from .states import ANSWERED_GRADES, Clock, FindingState, Grade, Verification

LONGEST = 8000


def _text(label: Any, *, rows: int = 3, ask: Any = "", help_text: Any = "") -> forms.CharField:
    """A long text; `ask` is the sentence shown when it is left empty, and makes it required."""
    return forms.CharField(
        label=label,
        required=bool(ask),
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"required": ask} if ask else None,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ListFilters(Form):
    """Filters of the list of findings; an agency has only its own, so it is not asked which."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("open", _("Open findings")), ("all", _("All findings"))]
    )
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=[("", _("Every grade")), *Grade.choices]
    )
    turn = forms.ChoiceField(
        label=_("Whose move, or state"),
        required=False,
        choices=[
            ("", _("Every state")),
            ("agency", _("The agency’s move")),
            ("auditor", _("The auditors’ move")),
            *FindingState.choices,
        ],
    )
    agency = forms.CharField(label=_("Agency"), required=False, max_length=200)
    late = forms.BooleanField(label=_("Overdue only"), required=False)

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["agency"]


class FindingForm(Form):
    """A finding as the auditor writes it; the indicator's severity suggests the grade."""

    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices, widget=forms.RadioSelect())
    grade_reason = _text(
        _("Why this grade is lower than the rules ask for"),
        rows=2,
        help_text=_("Only where a note beside this form asks for a higher grade. The agency reads it."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What is wrong, or good, in one line."),
        error_messages={
            "required": _("Give it a short title that says what is wrong, or good."),
            "max_length": _("Keep the title under 200 characters; the statement holds the rest."),
        },
    )
    statement = _text(_("Statement"), rows=4, ask=_("State what was found against the indicator."))
    evidence_items = forms.ModelMultipleChoiceField(
        label=_("Evidence of this audit that it rests on"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    evidence = _text(
        _("What it rests on, in words"),
        rows=3,
        help_text=_(
            "Documents, observations, counts of interviews. No names of workers. "
            "May stay empty where evidence above is chosen."
        ),
    )

    def __init__(
        self,
        *args: Any,
        finding: Finding | None = None,
        audit: Audit | None = None,
        indicator: Indicator | None = None,
        **kwargs: Any,
    ) -> None:
        if finding is not None:
            audit, indicator = finding.audit, finding.indicator
            kwargs["initial"] = {
                name: getattr(finding, name)
                for name in ("grade", "grade_reason", "title", "statement", "evidence")
            } | {"evidence_items": finding.evidence_items.all()}
        super().__init__(*args, **kwargs)
        rows = evidence_of(audit, indicator) if audit is not None else Evidence.objects.none()
        if finding is not None:
            chosen = finding.evidence_items.values("pk")
            rows = evidence_of(finding.audit).filter(Q(indicator=indicator) | Q(pk__in=chosen))
        field: Any = self.fields["evidence_items"]
        field.queryset = rows
        if not rows.exists():
            del self.fields["evidence_items"]

    @property
    def text(self) -> FindingText:
        """What was written."""
        names = ("grade", "title", "statement", "evidence", "grade_reason")
        return FindingText(**{name: self.cleaned_data[name] for name in names})

    @property
    def evidence_ids(self) -> list[UUID]:
        """The rows that were chosen."""
        return [one.pk for one in self.cleaned_data.get("evidence_items", ())]


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Zero or more uploads; what they are is judged when they are stored."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> tuple[Any, ...]:
        """Every upload, or an empty tuple."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return tuple(one for one in given if one)


class AnswerForm(Form):
    """Root cause and plan."""

    root_cause = _text(
        _("Root cause"),
        ask=_("Say why it could happen, not only what happened."),
        help_text=_("Why it could happen. The auditor sends back answers that only describe what happened."),
    )
    correction = _text(
        _("Correction"),
        ask=_("Say what you did or do at once for the people concerned."),
        help_text=_("What you did or do at once, for the people concerned."),
    )
    action = _text(
        _("Corrective action"),
        ask=_("Say what you change so that the cause goes away."),
        help_text=_("What you change so that the cause goes away."),
    )
    prevention = _text(
        _("Preventive action"),
        ask=_("Say how you keep it from happening again elsewhere."),
        help_text=_("How you keep it from happening again, in other corridors and branches too."),
    )
    owner = forms.CharField(
        label=_("Who answers for it"),
        max_length=200,
        help_text=_("One person with the function, for example: Maya Tamang, compliance manager."),
        error_messages={"required": _("Name the person who answers for it, with the function.")},
    )
    due_on = forms.DateField(
        label=_("Done by"),
        widget=DateInput(),
        error_messages={"required": _("Give the day by which it is done.")},
    )
    file = FilesField(label=_("Files that show it already"), required=False)

    def __init__(self, *args: Any, finding: Finding | None = None, **kwargs: Any) -> None:
        last = finding.current_action if finding else None
        if last is not None:
            names = ("root_cause", "correction", "action", "prevention", "owner", "due_on")
            kwargs["initial"] = {name: getattr(last, name) for name in names}
        super().__init__(*args, **kwargs)


class EvidenceForm(Form):
    """Proof that the agreed action was carried out."""

    file = FilesField(
        label=_("Files"), required=False, help_text=_("PDF, Word, Excel, pictures or text, up to 10 MB each.")
    )
    title = forms.CharField(
        label=_("What the files show"),
        max_length=200,
        required=False,
        help_text=_("Empty: the names of the files."),
    )


class NothingToFill(Form):
    """An act that only needs to be pressed."""


class ReasonForm(Form):
    """Any act that needs only its reason."""

    reason = _text(_("Reason"), ask=_("Give a reason. It is kept and shown to the people concerned."))


class DisagreeForm(Form):
    """The agency's disagreement."""

    reason = _text(
        _("What is not right"),
        ask=_("Say what is not right and what shows it."),
        help_text=_("Both sides stay on record. The finding’s dates go on until the auditors answer."),
    )


class DisagreementAnswerForm(Form):
    """The auditors' answer to a disagreement."""

    answer = _text(_("Answer to the agency"), ask=_("Say why the finding stands, or withdraw it."))


class LastWordForm(Form):
    """What the agency says after the auditors answered."""

    reason = _text(
        _("Your last word"),
        ask=_("Say what is not right and what shows it."),
        help_text=_("It stands on record beside your first words and the auditors’ answer."),
    )


class AgreeForm(Form):
    """Agreement to the plan, and whether its result is seen on site."""

    on_site = forms.BooleanField(
        label=_("See the correction on site before the finding is closed"), required=False
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if finding.on_site:
            del self.fields["on_site"]


class CloseForm(Form):
    """How the correction was verified."""

    verification = forms.ChoiceField(
        label=_("How you verified it"),
        choices=Verification.choices,
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Choose how you verified it."),
            "invalid_choice": _("This correction is seen on site before it is closed."),
        },
    )
    note = _text(_("What you saw"), ask=_("Say what you saw that shows the correction works."))

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if finding.on_site:
            field: Any = self.fields["verification"]
            field.choices = [(Verification.SITE.value, Verification.SITE.label)]
            field.help_text = _("This correction is seen on site before it is closed.")


class ContainForm(Form):
    """What was done at once about a critical finding."""

    done = _text(
        _("What you did at once"),
        ask=_("Say what you did at once so that nobody is harmed any more."),
        help_text=_("For the people concerned now. Why it could happen belongs in your plan."),
    )
    done_on = forms.DateField(
        label=_("Done on"),
        widget=DateInput(),
        error_messages={"required": _("Give the day on which it was done.")},
    )
    file = forms.FileField(
        label=_("A file that shows it"), required=False, help_text=_("PDF, Word, Excel, a picture or text.")
    )


class ExtensionForm(Form):
    """A wish for more time."""

    clock = forms.ChoiceField(label=_("More time for"), choices=(), widget=forms.RadioSelect())
    wanted = forms.DateField(
        label=_("Until"),
        widget=DateInput(),
        error_messages={"required": _("Give the day until which you need the time.")},
    )
    reason = _text(
        _("Reason"),
        ask=_("Say why the time is not enough and what is done meanwhile."),
        help_text=_("A decider of the scheme reads it, and the auditors do."),
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["clock"]
        field.choices = [(clock.value, _clock_words(finding, clock)) for clock in askable_clocks(finding)]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]


def _clock_words(finding: Finding, clock: Clock) -> str:
    words = {
        "clock": clock.label,
        "due": in_words(finding.running[clock]),
        "last": in_words(last_day_to_grant(finding, clock) or finding.running[clock]),
    }
    return gettext("%(clock)s: due %(due)s, at most until %(last)s") % words


class ExtensionAnswerForm(Form):
    """The decider's answer to a wish for more time."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("grant", _("Grant more time")), ("refuse", _("Refuse; the day stays"))],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose an answer.")},
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("When you grant it. Empty: the day that was asked for."),
    )
    reason = _text(_("Reason"), ask=_("Give the reason; agency and auditors read it."))


class RegradeForm(Form):
    """Another grade, with the reason."""

    grade = forms.ChoiceField(
        label=_("New grade"),
        choices=[(grade.value, grade.label) for grade in Grade if grade in ANSWERED_GRADES],
        widget=forms.RadioSelect(),
    )
    reason = _text(_("Reason"), ask=_("Say why the grade changes; the agency reads it."))
