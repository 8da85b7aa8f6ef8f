"""Forms of an interview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.bodies.states import language_choices, language_name
from audits.engagements.models import Audit
from audits.engagements.states import IntervieweeKind
from iris.core import clocks
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES

from . import rules
from .models import Interview, Statement
from .rules import Question
from .services import InterviewDetails, Reply
from .states import (
    GROUP_SIZES,
    ConsentGiven,
    Employment,
    Interpreter,
    InterviewerSex,
    Mode,
    Place,
    Purpose,
    SafeguardOutcome,
    Sex,
    StopReason,
    Wish,
    WithdrawReason,
)

_PICK: list[tuple[str, Any]] = [("", _("Choose"))]


class DetailsForm(Form):
    """What is planned; nothing in it says who the person is."""

    kind = forms.ChoiceField(label=_("With whom"), choices=[*_PICK, *IntervieweeKind.choices])
    mode = forms.ChoiceField(label=_("How"), choices=[*_PICK, *Mode.choices])
    people = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=GROUP_SIZES[1],
        initial=1,
        help_text=_("1, or the size of the group."),
    )
    place = forms.ChoiceField(
        label=_("Kind of place"), choices=[*_PICK, *Place.choices], help_text=_("Never an address.")
    )
    planned_for = forms.DateField(
        label=_("Day"), widget=DateInput, help_text=_("The day only, never the hour.")
    )
    language = forms.ChoiceField(label=_("Language of the talk"), choices=[])
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=Interpreter.choices,
        initial=Interpreter.NONE,
        help_text=_("Nobody who works for the agency or the employer may interpret."),
    )
    sex = forms.ChoiceField(
        label=_("The person is, or the group are"),
        choices=[*_PICK, *Sex.choices],
        help_text=_("As they say."),
    )
    wish = forms.ChoiceField(label=_("Same-sex interviewer"), choices=Wish.choices, initial=Wish.NOT_ASKED)
    interviewer_sex = forms.ChoiceField(label=_("I am"), choices=[*_PICK, *InterviewerSex.choices])
    origin = forms.ChoiceField(
        label=_("From"), required=False, choices=[], help_text=_("For workers, jobseekers and returnees.")
    )
    destination = forms.ChoiceField(label=_("To"), required=False, choices=[])
    employer_code = forms.CharField(
        label=_("Employer, as a code"),
        required=False,
        max_length=12,
        help_text=_("For example E3, as in the sample. Not its name."),
    )

    def __init__(self, *args: Any, audit: Audit, interview: Interview | None = None, **kwargs: Any) -> None:
        if interview is not None:
            kwargs["initial"] = {name: getattr(interview, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        written = [code for code in rules.languages() if code in dict(language_choices())]
        others = [pair for pair in language_choices() if pair[0] not in written]
        self.fields["language"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            *_PICK,
            (_("The guide is written in"), [(code, language_name(code)) for code in written]),
            (_("With the guide in English"), others),
        ]
        self.fields["origin"].choices = [*_PICK, *_countries(audit, "origin")]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["destination"].choices = [*_PICK, *_countries(audit, "destination")]  # type: ignore[attr-defined] # a ChoiceField
        if interview is None:
            self.fields["planned_for"].initial = clocks.today()

    def details(self) -> InterviewDetails:
        """What was filled in."""
        return InterviewDetails(**self.cleaned_data)


def _countries(audit: Audit, side: str) -> list[tuple[Any, Any]]:
    """The agency's own corridors first, then every country."""
    own = {getattr(one, side) for one in audit.agency.corridors.all()}
    names = dict(COUNTRY_CHOICES)
    first = [(code, names.get(code, code)) for code in sorted(own, key=lambda code: names.get(code, code))]
    rest = [pair for pair in COUNTRY_CHOICES if pair[0] not in own]
    return [(_("Corridors of the agency"), first), (_("Other countries"), rest)]


class IdentityForm(Form):
    """A name, on its way into the vault."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It goes straight into the vault. No page but the vault’s ever shows it again."),
    )
    contact = forms.CharField(
        label=_("Phone or other way to reach them"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference = forms.CharField(
        label=_("Reference in the sample"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ConsentForm(Form):
    """How the person agreed."""

    given = forms.ChoiceField(
        label=_("How the person agreed"), choices=ConsentGiven.choices, widget=forms.RadioSelect
    )
    version = forms.CharField(widget=forms.HiddenInput)
    language = forms.CharField(widget=forms.HiddenInput)


class ReplyForm(Form):
    """One question of the guide, asked in the language of the talk."""

    answer = forms.ChoiceField(required=False, widget=forms.RadioSelect, choices=[])
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, question: Question, lang: str, kept: Statement | None, **kwargs: Any
    ) -> None:
        if kept is not None:
            kwargs["initial"] = {"answer": kept.answer, "note": kept.note}
        super().__init__(*args, prefix=question.id, **kwargs)
        guide = rules.guide()
        self.asked = guide.ask(question, lang)
        self.english = question.text
        self.fields["answer"].label = self.asked.text
        self.fields["answer"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (code, _both(guide.answer(code, lang).text, guide.answers[code])) for code in question.answers
        ]

    def reply(self) -> Reply:
        """What was filled in."""
        return Reply(self.cleaned_data["answer"], self.cleaned_data["note"])


def _both(said: str, english: str) -> str:
    return said if said == english else f"{said} ({english})"


class StopForm(Form):
    """Why it stopped."""

    why = forms.ChoiceField(
        label=_("Why"),
        choices=[pair for pair in StopReason.choices if pair[0] != StopReason.SAFEGUARD],
        widget=forms.RadioSelect,
    )


class WithdrawForm(Form):
    """Why nothing is kept."""

    why = forms.ChoiceField(label=_("Why"), choices=WithdrawReason.choices, widget=forms.RadioSelect)


class OpenForm(Form):
    """What the vault is opened for."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=[*_PICK, *Purpose.choices])
    interview = forms.ChoiceField(label=_("Which interview"), required=False, choices=[])
    reason = forms.CharField(
        label=_("Why now"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence, without a name. It stays in the log for good."),
        error_messages={"required": _("Say in a sentence why now. Name nobody: the log is kept for good.")},
    )

    def __init__(self, *args: Any, interviews: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interview"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            *[(str(one.pk), f"{one.label}, {one.get_kind_display()}") for one in interviews],
            ("", _("All interviews of this audit")),
        ]


class EarlierForm(Form):
    """Why the earlier interviewees are looked up."""

    reason = OpenForm.base_fields["reason"]


class EmploymentForm(Form):
    """What became of one person."""

    outcome = forms.ChoiceField(
        label=_("What became of the person"),
        required=False,
        choices=[("", _("Not looked up")), *Employment.choices],
    )


class CloseCaseForm(Form):
    """How a safeguarding case ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=[*_PICK, *SafeguardOutcome.choices])


class HotlineForm(Form):
    """A number to call."""

    country = forms.ChoiceField(label=_("Country"), choices=[*_PICK, *COUNTRY_CHOICES])
    name = forms.CharField(label=_("Whose number it is"), max_length=200)
    channel = forms.CharField(
        label=_("How to reach it"), max_length=40, initial="phone", help_text=_("Phone, text message, chat.")
    )
    number = forms.CharField(label=_("Number or address"), max_length=80)
    source = forms.CharField(
        label=_("Where it is from"),
        max_length=300,
        help_text=_("The page and the day somebody called it."),
        error_messages={"required": _("Say where the number is from.")},
    )
