"""Forms of a finding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form

from .models import Finding
from .states import ANSWERED_GRADES, Grade, Verification

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
    """Filters of the list of findings."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("open", _("Open findings")), ("all", _("All findings"))]
    )
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=[("", _("Every grade")), *Grade.choices]
    )


class FindingForm(Form):
    """A finding as the auditor writes it; the indicator's severity suggests the grade."""

    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices, widget=forms.RadioSelect())
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
    evidence = _text(
        _("What it rests on"),
        rows=3,
        ask=_("Say what the statement rests on: documents, observations, counts of interviews."),
        help_text=_("Documents, observations, counts of interviews. No names of workers."),
    )

    def __init__(self, *args: Any, finding: Finding | None = None, **kwargs: Any) -> None:
        if finding is not None:
            kwargs["initial"] = {
                name: getattr(finding, name) for name in ("grade", "title", "statement", "evidence")
            }
        super().__init__(*args, **kwargs)


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
        help_text=_("Name or function of one person."),
        error_messages={"required": _("Name the person who answers for it.")},
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


class CloseForm(Form):
    """How the correction was verified."""

    verification = forms.ChoiceField(
        label=_("How you verified it"),
        choices=Verification.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose how you verified it.")},
    )
    note = _text(_("What you saw"), ask=_("Say what you saw that shows the correction works."))


class RegradeForm(Form):
    """Another grade, with the reason."""

    grade = forms.ChoiceField(
        label=_("New grade"),
        choices=[(grade.value, grade.label) for grade in Grade if grade in ANSWERED_GRADES],
        widget=forms.RadioSelect(),
    )
    reason = _text(_("Reason"), ask=_("Say why the grade changes; the agency reads it."))
