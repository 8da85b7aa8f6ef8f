"""Forms of fieldwork."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core import clocks, files
from iris.core.forms import DateInput, Form

from .states import EvidenceSource, GivenBy, NextStep, Seen, Side

LONGEST = 8000
EMPTY_LINES = 5
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


class SignForm(Form):
    """One sign: seen or not, what was seen, on what it rests, what is done next."""

    seen = forms.ChoiceField(
        label=_("Was the sign seen?"),
        choices=Seen.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Say whether the sign was seen.")},
    )
    saw = _text(
        _("What was seen, heard or read"),
        help_text=_("No names of workers, and no conclusion: what it amounts to is not for an audit to say."),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Evidence it rests on"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    next_step = forms.ChoiceField(
        label=_("Next step"), required=False, choices=[("", _("Choose")), *NextStep.choices]
    )
    step_text = _text(_("More about the next step"), rows=2)
    owner = forms.CharField(label=_("Who does it"), max_length=120, required=False)
    due_on = forms.DateField(label=_("Until"), required=False, widget=DateInput())
    why_no_critical = _text(
        _("Why no critical finding is raised"),
        rows=2,
        help_text=_(
            "Asked for before the draft report where a sign was seen and no critical finding stands."
        ),
    )
    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())

    def __init__(self, *args: Any, row: Any, evidence: Any, **kwargs: Any) -> None:
        record = row.record
        kwargs["initial"] = {"base": record.version if record else 0, "seen": row.seen}
        if record:
            names = ("saw", "next_step", "step_text", "owner", "due_on", "why_no_critical")
            kwargs["initial"] |= {name: getattr(record, name) for name in names}
            kwargs["initial"]["evidence"] = [str(one.pk) for one in record.evidence.all()]
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = [  # type: ignore[attr-defined] # a choice field
            (str(one.pk), f"{one.title} ({one.get_source_display()})") for one in evidence
        ]
        if not self.fields["evidence"].choices:  # type: ignore[attr-defined] # a choice field
            self.fields["evidence"].help_text = _("Nothing is kept yet. Add the evidence first.")


class MeetingForm(Form):
    """A meeting that was held: when, where, who was there, what was explained."""

    held_at = forms.DateTimeField(
        label=_("Held on, at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("Times on this site are UTC."),
        error_messages={"required": _("Say when it was held."), "invalid": _("Expected day and time.")},
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=200,
        help_text=_("Office and town, or by which means when people met remotely."),
        error_messages={"required": _("Say where it was held, or by which means.")},
    )
    remote = forms.BooleanField(label=_("Held remotely, in whole or in part"), required=False)
    explained = forms.MultipleChoiceField(
        label=_("Points that were explained"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Tick the points that were explained.")},
    )
    summary = _text(
        _("Summary"),
        rows=3,
        help_text=_("What the agency’s people read and acknowledge. No names of workers."),
    )
    why_replaced = _text(_("What was wrong in the record before"), rows=2)

    def __init__(
        self,
        *args: Any,
        points: Iterable[tuple[str, str]],
        people: Sequence[tuple[str, str, str]],
        correcting: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explained"].choices = list(points)  # type: ignore[attr-defined] # a choice field
        if not correcting:
            del self.fields["why_replaced"]
        self.lines = 0
        for name, function, side in [*people, *[("", "", Side.AGENCY.value)] * EMPTY_LINES]:
            self._line(name, function, side)

    def _line(self, name: str, function: str, side: str) -> None:
        key = f"p{self.lines}"
        self.lines += 1
        self.fields[f"{key}-name"] = forms.CharField(
            label=_("Name"), required=False, max_length=200, initial=name
        )
        self.fields[f"{key}-function"] = forms.CharField(
            label=_("Function"), required=False, max_length=200, initial=function
        )
        self.fields[f"{key}-side"] = forms.ChoiceField(label=_("For"), choices=Side.choices, initial=side)
        for part in ("name", "function"):
            self.fields[f"{key}-{part}"].widget.attrs["class"] = "form-control"
        self.fields[f"{key}-side"].widget.attrs["class"] = "form-select"

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Name, function and side of each line, as the page lays them out."""
        keys = [f"p{number}" for number in range(self.lines)]
        return [(self[f"{key}-name"], self[f"{key}-function"], self[f"{key}-side"]) for key in keys]

    def people(self) -> list[tuple[str, str, str]]:
        """What was typed in the lines."""
        data = self.cleaned_data
        return [
            (data.get(f"p{n}-name", ""), data.get(f"p{n}-function", ""), data.get(f"p{n}-side", ""))
            for n in range(self.lines)
        ]


class AcknowledgeForm(Form):
    """What somebody of the agency says about a meeting, on a phone."""

    agrees = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[
            ("yes", _("I was there, the points were explained, and I have no objection.")),
            ("no", _("I was there, and I do not agree with something.")),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose one of the two.")},
    )
    disagreement = _text(
        _("With which point or finding you do not agree, and why"),
        rows=3,
        help_text=_("The auditors answer in writing; both sides stay on record. This is not an appeal."),
    )


class ReplyForm(Form):
    """The auditors' side of a disagreement."""

    text = _text(_("Answer of the auditors"), rows=2, ask=_("Write what the auditors say to it."))
