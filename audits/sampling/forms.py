"""Forms of lists and samples."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form

from .states import FrameKind, WhyReplaced

LONGEST = 2000


def _text(label: Any, *, rows: int = 2, ask: Any = "", help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(ask),
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"required": ask} if ask else None,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("To be sent by"),
        widget=DateInput(),
        error_messages={
            "required": _("Choose the day by which the agency sends it."),
            "invalid": _("This is no date. Write it as year-month-day, for example 2026-12-01."),
        },
    )


class AskForm(Form):
    """Which list the agency sends, and until when."""

    kind = forms.ChoiceField(
        label=_("What the list holds"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose what the list holds.")},
    )
    due_on = _day()
    note = _text(
        _("What to put in it"),
        help_text=_(
            "The agency reads it. For example: everyone deployed, in process or returned since 2024."
        ),
    )

    def __init__(self, *args: Any, kinds: Iterable[FrameKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined] # a choice field


class SendForm(Form):
    """The list: as a file, or typed when it is short."""

    file = forms.FileField(
        label=_("The list as a file"),
        required=False,
        help_text=_("CSV or Excel. The file is read and not kept."),
        error_messages={"empty": _("This file is empty. Choose the file again.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    text = forms.CharField(
        label=_("Or typed, one line each"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("file") and not str(data.get("text", "")).strip():
            self.add_error("file", _("Choose the file of the list, or type its lines below."))
        return data


class AgainForm(Form):
    """Another list, and why."""

    due_on = _day()
    reason = _text(_("Why another list is needed"), ask=_("Give a reason. The agency reads it."))


class ReasonForm(Form):
    """An act that needs only its reason."""

    reason = _text(_("Reason"), ask=_("Give a reason. It stands in the sampling statement."))


class OpenForm(Form):
    """What a name is opened for."""

    purpose = forms.CharField(
        label=_("What you open it for"),
        max_length=300,
        error_messages={"required": _("Say what you open it for. It is kept on record.")},
        help_text=_("For example: to arrange the interview of Thursday. Kept with your name and the time."),
    )


class ReplaceForm(Form):
    """Why a place is given up."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=WhyReplaced.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose why the place is given up. It is kept on record.")},
    )
    note = _text(_("In a sentence"), help_text=_("Needed for another reason. Write no name."))
    without = forms.BooleanField(
        label=_("Give it up without a replacement, because the stratum has nobody left"), required=False
    )

    def __init__(self, *args: Any, exhausted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not exhausted:
            del self.fields["without"]


class RaiseForm(Form):
    """More of a stratum."""

    size = forms.IntegerField(
        label=_("In the sample in all"),
        error_messages={"required": _("Write how many.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = _text(_("Why more"), ask=_("Say why more are needed; it stands in the statement."))


class ReserveForm(Form):
    """Reserves of a stratum."""

    count = forms.IntegerField(
        label=_("More in reserve"),
        initial=1,
        error_messages={"required": _("Write how many.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
