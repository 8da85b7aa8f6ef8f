"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.accounts.states import ASKABLE_SCOPES
from iris.core.forms import Form
from iris.core.places import COUNTRY_CHOICES
from iris.developers.models import LONGEST


class SignUpForm(Form):
    """Who builds."""

    name = forms.CharField(
        label=_("Who builds the software?"),
        max_length=200,
        help_text=_("The name of your organisation, or your own."),
        error_messages={"required": _("Enter the name of your organisation, or your own.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("Choose")), *COUNTRY_CHOICES],
        error_messages={"required": _("Choose a country.")},
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class AskForm(Form):
    """What the software is for."""

    purpose = forms.CharField(
        label=_("What does the software do, and for whom?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say also how it shows that a status can change: “as of” with the moment you read it."),
        error_messages={"required": _("Say in a sentence or two what the software does, and for whom.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What does it read?"),
        choices=[(one.value, one.label) for one in ASKABLE_SCOPES],
        initial=[ASKABLE_SCOPES[0].value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the software reads.")},
    )
    calls_a_day = forms.IntegerField(
        label=_("How many calls a day, about?"),
        min_value=1,
        initial=1_000,
        error_messages={"required": _("Enter a number.")},
    )


class AnswerForm(Form):
    """Accept or refuse."""

    outcome = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("accept", _("Accept: they can issue live keys at once")),
            ("refuse", _("Refuse: their sandbox keys go on working")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your answer.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST,
        help_text=_("Needed to refuse. The developer reads it word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
