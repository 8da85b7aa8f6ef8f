"""Upload, layout and mapping."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core import sheets, tables
from iris.core.forms import Form
from iris.core.sheet_forms import HOW, ReadingForm
from supplychain.screenings.rules import FIELDS
from supplychain.screenings.states import RowResult


class UploadForm(Form):
    """The list as it is."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_(
            "CSV or Excel (xlsx), as it is, up to 1,000,000 rows. You check the columns before anything is looked up."
        ),
        error_messages={"empty": _("The file is empty. Choose the file that holds the list.")},
    )


class MappingForm(ReadingForm):
    """Which column holds what, and how the file is read."""

    field_order = FIELDS

    name = forms.TypedChoiceField(label=_("Names"), coerce=int)
    country = forms.TypedChoiceField(label=_("Countries"), coerce=int, required=False, empty_value=None)
    number = forms.TypedChoiceField(
        label=_("Licence, certificate or registration numbers"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, head: tables.Head, sheets_known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, kind=head.layout.kind, known=sheets_known, **kwargs)
        columns = [(str(i), f"{sheets.letter(i)}: {name}") for i, name in enumerate(head.columns)]
        for field in FIELDS:
            optional = [] if field == "name" else [("", _("not in the file"))]
            self.fields[field].choices = optional + columns  # type: ignore[attr-defined] # a choice field

    @property
    def how_errors(self) -> bool:
        """Whether what is wrong lies in how the file is read."""
        return any(key in self.errors for key in HOW)

    def mapping(self) -> dict[str, int]:
        """The columns that were chosen."""
        return {key: self.cleaned_data[key] for key in FIELDS if self.cleaned_data[key] is not None}


class RowFilter(Form):
    """Which rows are shown."""

    result = forms.ChoiceField(
        label=_("Result"), choices=[("", _("All")), *RowResult.choices], required=False
    )
    text = forms.CharField(label=_("Name holds"), required=False, max_length=200)
