"""Sending a sheet of costs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class SheetForm(Form):
    """A CSV or Excel file as it is."""

    mark_optional = False

    upload = forms.FileField(
        label=_("Sheet of costs"),
        help_text=_("CSV or Excel (xlsx). Nothing is saved before you have seen what it would do."),
        required=False,
    )
