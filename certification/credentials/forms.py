"""The one form of this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class RotateForm(Form):
    """Why a key is changed."""

    reason = forms.CharField(
        label=_("Why the key is changed"),
        help_text=_("It is kept with the key and in the log of events."),
        max_length=1000,
        error_messages={"required": _("Say why the key is changed. It is kept with the key.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
