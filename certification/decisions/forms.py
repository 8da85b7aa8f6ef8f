"""What people tell about ties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.decisions.states import BarKind
from iris.accounts.models import User
from iris.core.forms import DateInput, Form


class BarForm(Form):
    """One tie between a person and an agency."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    kind = forms.ChoiceField(label=_("What ties them"), choices=[("", _("Choose")), *BarKind.choices])
    since = forms.DateField(label=_("Since"), widget=DateInput())
    ended_on = forms.DateField(
        label=_("Ended on"),
        required=False,
        help_text=_(
            "For training, advice and employment that have ended. Left empty, the bar holds for good."
        ),
        widget=DateInput(),
    )
    source = forms.CharField(
        label=_("Where this is known from"),
        help_text=_("For example: declared by the person on 3 May 2026."),
        max_length=200,
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        field.label_from_instance = lambda obj: str(obj.label)  # type: ignore[method-assign] # Django documents it


class AppealForm(Form):
    """Why a decision is contested."""

    grounds = forms.CharField(
        label=_("Why the decision is wrong"),
        help_text=_(
            "Say which facts were missed or misread, and where they can be seen. The people who hear the appeal "
            "read this together with everything that lay before the deciders."
        ),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=8000,
    )
    document = forms.FileField(
        label=_("A document"),
        required=False,
        help_text=_("One file, if it helps: PDF, picture, Word or Excel, up to 10 MB."),
    )


class VoteForm(Form):
    """One person's answer."""

    outcome = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Your reasons"),
        help_text=_("The agency reads them, without your name beside them, once it is decided."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
    )

    def __init__(self, answers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(answers)
