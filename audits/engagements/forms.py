"""Forms of an audit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core import clocks
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES

from . import rules
from .models import IndicatorNote, InterviewCount, NoteDraft
from .states import (
    AuditKind,
    AuditState,
    IntervieweeKind,
    PriorSource,
    Rating,
    Readiness,
    Stage,
    WitnessOutcome,
)

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
    """Filters of the work queue."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("open", _("Audits at work")), ("all", _("All audits"))]
    )
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("The whole firm’s")), ("mine", _("Mine"))]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Every kind")), *AuditKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Every state")), *AuditState.choices]
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("Every country")), *COUNTRY_CHOICES]
    )


class OfferForm(Form):
    """Size of the agency and the days agreed; the auditor is chosen in the table beside it."""

    staff = forms.IntegerField(
        label=_("Staff of the agency"),
        min_value=1,
        max_value=100_000,
        help_text=_(
            "Everyone who works for it, head office and branches. The table of audit days starts here."
        ),
    )
    days = forms.DecimalField(
        label=_("Audit days"),
        required=False,
        max_digits=5,
        decimal_places=1,
        help_text=_("Empty: as the table gives. Other days need a reason."),
    )
    days_reason = _text(_("Reason for other days than the table gives"), rows=2)


class OrderedForm(OfferForm):
    """Size and days of an audit that is ordered, and what it looks at."""

    def __init__(self, *args: Any, principles: Iterable[tuple[str, str]], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(principles)
        usual = rules.usual_scope(kind)
        if choices:
            self.fields["principles"] = forms.MultipleChoiceField(
                label=_("Principles that are looked at"),
                choices=choices,
                initial=usual,
                widget=forms.CheckboxSelectMultiple(),
                error_messages={"required": _("Tick at least one principle.")},
            )
        if not rules.has_days_in_table(kind):
            self.fields["days"].required = True
            self.fields["days"].help_text = _("The table has no days for this kind of audit.")
            self.fields["days"].error_messages["required"] = _("Write how many days it takes.")
            self.fields["days_reason"].label = _("Why it takes so many days")


class AcceptForm(Form):
    """The declaration that goes with accepting."""

    no_conflict = forms.BooleanField(
        label=_("I declare that I have no conflict of interest with this agency, its owners or its staff."),
        error_messages={"required": _("Tick this to declare. If you have a conflict, decline instead.")},
    )
    text = _text(
        _("What I checked"),
        ask=_("Say in a sentence what you checked, for example past work and family ties."),
        help_text=_(
            "For example: no work or training for the agency in the last 24 months, no family or money ties."
        ),
    )


class DeclineForm(Form):
    """Giving an offer back."""

    reason = _text(
        _("Reason"),
        ask=_("Give a reason, so that the scheme can choose better."),
        help_text=_("The scheme’s managers read it."),
    )
    conflict = forms.BooleanField(
        label=_("The reason is a conflict of interest with this agency. It is kept on record."),
        required=False,
    )


class ReasonForm(Form):
    """Any act that needs only its reason."""

    reason = _text(_("Reason"), ask=_("Give a reason. It is kept and shown to the people concerned."))


class PriorNoteForm(Form):
    """What someone outside told the auditors; its fields are told apart from those of the conclusion beside it."""

    prefix = "prior"
    source = forms.ChoiceField(label=_("Who told you"), choices=PriorSource.choices)
    heard_on = forms.DateField(label=_("When"), widget=DateInput())
    text = _text(
        _("What you were told"),
        ask=_("Write what you were told."),
        help_text=_(
            "No names of workers. The agency never reads it; the scheme does unless it is confidential."
        ),
    )
    confidential = forms.BooleanField(
        label=_("Confidential: only the team reads it, since the source could be known from it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard_on"].initial = clocks.today()


class RatingForm(Form):
    """Rating and note of one indicator; `base` is the version the person had before them."""

    rating = forms.ChoiceField(label=_("Rating"), required=False, widget=forms.RadioSelect())
    note = _text(_("Note"), rows=4)
    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        stage: int,
        before: IndicatorNote | None,
        draft: NoteDraft | None = None,
        **kwargs: Any,
    ) -> None:
        if draft is not None:
            kwargs["initial"] = {"rating": draft.rating, "note": draft.text, "base": draft.base}
        elif before is not None:
            kwargs["initial"] = {"rating": before.rating, "note": before.note, "base": before.version}
        else:
            kwargs["initial"] = {"base": 0}
        super().__init__(*args, **kwargs)
        self.draft = draft
        ratings = [one for one in Rating if stage == Stage.DESK or one != Rating.CHECK]
        self.fields["rating"].choices = [  # type: ignore[attr-defined] # a choice field
            (one.value, one.label) for one in ratings
        ]


class CloseStage1Form(Form):
    """The conclusion of stage 1."""

    readiness = forms.ChoiceField(
        label=_("Is the agency ready for stage 2?"),
        choices=Readiness.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose whether the agency is ready for stage 2.")},
    )
    text = _text(
        _("Conclusion for the agency"),
        rows=4,
        help_text=_("The agency reads it. If it is not ready: what it must put right first."),
    )


class InterviewsForm(Form):
    """How many people of each kind were spoken with. No names."""

    mark_optional = False

    def __init__(
        self, *args: Any, rows: Iterable[tuple[IntervieweeKind, InterviewCount | None]], **kwargs: Any
    ) -> None:
        rows = list(rows)
        kwargs["initial"] = {
            f"{kind}-{name}": getattr(count, name)
            for kind, count in rows
            if count
            for name in ("held", "note")
        }
        super().__init__(*args, **kwargs)
        for kind, _count in rows:
            held = forms.IntegerField(label=kind.label, required=False, min_value=0, max_value=100_000)
            note = forms.CharField(label=_("Note"), required=False, max_length=2000)
            held.widget.attrs["class"] = note.widget.attrs["class"] = "form-control"
            self.fields[f"{kind}-held"] = held
            self.fields[f"{kind}-note"] = note

    def pairs(self) -> list[tuple[Any, Any]]:
        """Number and note of each kind, as the table shows them."""
        return [(self[f"{kind}-held"], self[f"{kind}-note"]) for kind in IntervieweeKind]

    def counts(self) -> dict[str, tuple[int, str]]:
        """What was typed; kinds left empty are not counted yet."""
        found = {}
        for kind in IntervieweeKind:
            held = self.cleaned_data.get(f"{kind}-held")
            if held is not None:
                found[str(kind)] = (held, self.cleaned_data.get(f"{kind}-note", ""))
        return found


class ObjectionForm(Form):
    """To whom the agency objects, and why."""

    auditor = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect())
    reason = _text(
        _("Why"),
        rows=5,
        ask=_("Say why; the scheme decides by your reason."),
        help_text=_("For example: worked for a competitor, family, an earlier quarrel. The scheme reads it."),
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["auditor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]


class AnswerObjectionForm(Form):
    """The scheme's answer to an objection."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("uphold", _("Upheld: the person leaves the team")),
            ("dismiss", _("Dismissed: the person stays")),
        ],
        widget=forms.RadioSelect(),
    )
    answer = _text(_("Reason"), rows=4, ask=_("Give the reason; the agency and the firm read it."))
    new_lead = forms.ChoiceField(
        label=_("Who leads instead"),
        required=False,
        help_text=_("When the objection is upheld. You may also name the person later; the audit waits."),
    )

    def __init__(self, *args: Any, leads: Iterable[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if leads is None:
            del self.fields["new_lead"]
        else:
            field = self.fields["new_lead"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Named later")), *leads]


class ChangeLeadForm(Form):
    """Another lead auditor of the same firm."""

    auditor = forms.ChoiceField(label=_("Who leads now"), widget=forms.RadioSelect())
    reason = _text(_("Reason"), ask=_("Say why another person leads; firm and agency read it."))

    def __init__(self, *args: Any, leads: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["auditor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(leads)


class PlanWitnessForm(Form):
    """Who watches on which audit."""

    audit = forms.ChoiceField(label=_("Audit"))
    witness = forms.ChoiceField(label=_("Who watches"))
    planned_on = forms.DateField(label=_("Day"), widget=DateInput())

    def __init__(
        self,
        *args: Any,
        audits: Iterable[tuple[str, str]],
        people: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("audit", audits), ("witness", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class RecordWitnessForm(Form):
    """How a witness audit went."""

    held_on = forms.DateField(label=_("Day it was held"), widget=DateInput())
    outcome = forms.ChoiceField(
        label=_("Conclusion"), choices=WitnessOutcome.choices, widget=forms.RadioSelect()
    )
    notes = _text(_("What you saw"), rows=5, ask=_("Write what you saw in a few sentences."))
