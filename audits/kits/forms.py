"""Forms of a kit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class GiveBackForm(Form):
    """The workbook of a kit."""

    mark_optional = False
    file: Any = forms.FileField(
        label=_("The workbook of the kit"),
        help_text=_("The .xlsx file that was downloaded here, up to 5 MB, without a password."),
        required=False,
    )


class AbandonForm(Form):
    """Why nothing is expected of a kit any more."""

    reason = forms.CharField(
        label=_("What became of it"),
        max_length=2000,
        help_text=_("For example: the tablet broke, nothing was written in it."),
        error_messages={"required": _("Say what became of it, for example: tablet broken.")},
    )
