"""Putting a warning aside."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class DismissForm(Form):
    """Why a warning is no mistake."""

    mark_optional = False
    reason = forms.CharField(
        label=_("Why this is no mistake"),
        help_text=_("The auditor reads it beside the warning."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
