"""Uploading a sheet of one of the agency's lists, and saying which column holds what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.rules.sheet import COLUMNS, NEEDED
from certification.agencies.states import ListPage
from iris.core.forms import Form
from iris.core.sheet_forms import ColumnsForm


class SheetForm(Form):
    """The sheet as it is."""

    file = forms.FileField(
        label=_("Your sheet"),
        help_text=_(
            "CSV or Excel (xlsx), as it is, up to 10 MB and 1,000 rows. Nothing is taken in before you say so."
        ),
        error_messages={
            "required": _("Choose the file that holds your list."),
            "empty": _("The file is empty. Choose the file that holds your list."),
        },
    )


class ListColumnsForm(ColumnsForm):
    """Which column holds what of one list."""

    def __init__(self, *args: Any, page: ListPage, **kwargs: Any) -> None:
        labels = {name: label for name, (label, _others) in COLUMNS[page].items()}
        super().__init__(*args, labels=labels, needed=NEEDED[page], **kwargs)
