"""Giving a filled-in workbook back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class WorkbookForm(Form):
    """The filled-in workbook."""

    mark_optional = False
    file = forms.FileField(
        label=_("The workbook you filled in"),
        help_text=_("The .xlsx file that was downloaded here, up to 5 MB, without a password."),
        required=False,
    )
