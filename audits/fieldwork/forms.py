"""Forms of fieldwork."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core import clocks, files
from iris.core.forms import DateInput, Form

from .states import EvidenceSource, GivenBy

LONGEST = 8000
FILE = {
    "data-file": "1",
    "data-max-bytes": str(files.MAX_BYTES),
    "data-too-large": _("This file is too large to be taken."),
    "data-empty": _("This file is empty."),
}


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


class EvidenceForm(Form):
    """A piece of evidence: a file, or what the auditor saw in their own words."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs=FILE),
        help_text=_("PDF, Word, Excel, picture or text, up to 10 MB. Empty: what you write below is kept."),
    )
    title = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("For example “Contract register, September”. No names of workers."),
        error_messages={"required": _("Say in a few words what it is. No names of workers.")},
    )
    source = forms.ChoiceField(label=_("Kind of evidence"), choices=EvidenceSource.choices)
    given_by = forms.ChoiceField(
        label=_("From whom"), choices=GivenBy.choices, help_text=_("A function, never a name.")
    )
    taken_on = forms.DateField(label=_("Got or seen on"), widget=DateInput())
    note = _text(_("Note"), rows=3, help_text=_("What it shows, or what you saw where there is no file."))
    open_as_it_is = forms.BooleanField(
        label=_("Nobody at risk can be recognised in it: scheme and agency may read it as it is."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("taken_on", clocks.today())
        super().__init__(*args, **kwargs)


class RedactForm(Form):
    """A version in which something is hidden."""

    file = forms.FileField(
        label=_("The file with names and faces hidden"),
        required=False,
        widget=forms.FileInput(attrs=FILE),
        help_text=_(
            "Print to a new PDF or picture: text hidden under a black bar in Word can still be read."
        ),
    )
    reason = _text(
        _("What is hidden, and whom it protects"),
        rows=2,
        ask=_("Say what is hidden and whom that protects. No names."),
    )


class ReasonForm(Form):
    """Any act that needs only its reason."""

    reason = _text(_("Reason"), rows=2, ask=_("Say why it no longer counts. It stays on record."))
