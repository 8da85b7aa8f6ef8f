"""Uploading a sheet of the chain, and saying which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form
from iris.core.sheet_forms import ColumnsForm, ReadingForm
from supplychain.chains.rules.sheet import COLUMNS, NEEDED
from supplychain.chains.states import Shape


class SheetForm(Form):
    """The sheet as it is."""

    file = forms.FileField(
        label=_("Your sheet"),
        help_text=_(
            "CSV or Excel (xlsx), as it is, up to 40 MB and 200,000 rows. Nothing is taken in before you say so."
        ),
        error_messages={"empty": _("The file is empty. Choose the file that holds the chain.")},
    )


class ShapeForm(ReadingForm):
    """How the sheet is written and read."""

    field_order = ("shape",)
    shape = forms.ChoiceField(label=_("How the sheet is written"), choices=Shape.choices)


class ChainColumnsForm(ColumnsForm):
    """Which column holds what of a sheet written in one of the two ways."""

    def __init__(self, *args: Any, shape: Shape, **kwargs: Any) -> None:
        labels = {name: label for name, (label, _others) in COLUMNS[shape].items()}
        super().__init__(*args, labels=labels, needed=NEEDED[shape], **kwargs)
