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
