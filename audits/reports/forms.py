"""Forms of the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.findings.models import Finding
from iris.core import clocks
from iris.core.forms import DateInput, Form

from .states import OUTCOMES

LONGEST = 20_000


def _text(label: Any, *, rows: int = 4, ask: Any = "", help_text: Any = "") -> forms.CharField:
    """A long text; `ask` is the sentence shown when it is left empty, and makes it required."""
    return forms.CharField(
        label=label,
        required=bool(ask),
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"required": ask} if ask else None,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DraftForm(Form):
    """The report as the lead auditor writes it."""

    ended_on = forms.DateField(label=_("Last day of stage 2"), widget=DateInput())
    summary = _text(
        _("Summary"),
        rows=6,
        ask=_("Write the summary: what was audited and what was found."),
        help_text=_("What was audited, how, and what was found. The agency and the scheme read it."),
    )
    strengths = _text(_("What works well"))
    limits = _text(_("Limits of the audit"), help_text=_("What could not be seen or asked, and why."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = clocks.today()


class ReviseForm(DraftForm):
    """The draft again, after a dispute."""

    reason = _text(
        _("What changed, for the agency"), rows=3, ask=_("Say in a sentence how the dispute was answered.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ended_on"]


class CorrectForm(DraftForm):
    """The final report again, with what was wrong put right."""

    reason = _text(
        _("What was wrong"), rows=3, ask=_("Say what was wrong. The agency and the scheme read it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ended_on"]


class AgreeForm(Form):
    """The agency says that the facts are right."""

    comment = _text(_("Comment for the auditors"), rows=3)


class DisputeForm(Form):
    """A reason beside each finding that the agency disputes."""

    mark_optional = False

    def __init__(self, *args: Any, findings: Iterable[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ids: dict[str, UUID] = {}
        for finding in findings:
            name = f"finding-{finding.number}"
            self._ids[name] = finding.pk
            self.fields[name] = _text(
                f"{finding.number}. {finding.title} ({finding.get_grade_display()})", rows=2
            )
            self.fields[name].widget.attrs["class"] = "form-control"

    def disputes(self) -> dict[UUID, str]:
        """Reasons by finding; findings left empty are not disputed."""
        return {self._ids[name]: reason for name, reason in self.cleaned_data.items() if reason.strip()}


class FinalForm(Form):
    """The recommendation."""

    outcome = forms.ChoiceField(
        label=_("Recommendation"),
        choices=(),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose what you recommend.")},
    )
    recommendation = _text(
        _("Why"), ask=_("Say in a few sentences why."), help_text=_("The decider and the agency read it.")
    )
    scheme_note = _text(_("Note for the scheme only"), rows=3, help_text=_("The agency does not read it."))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined] # a choice field
            (one.value, one.label) for one in OUTCOMES[kind]
        ]
