"""Uploading a sheet of the chain, and saying which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core import sheets
from iris.core.forms import Form
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


class ShapeForm(Form):
    """How the sheet is written and read."""

    shape = forms.ChoiceField(label=_("How the sheet is written"), choices=Shape.choices)
    header_row = forms.IntegerField(
        label=_("Row with the column names"),
        min_value=0,
        max_value=1000,
        help_text=_("0 when there is none."),
    )
    encoding = forms.ChoiceField(label=_("Encoding"), choices=sheets.ENCODINGS, required=False)
    delimiter = forms.ChoiceField(
        label=_("Columns are divided by"),
        choices=[(char, f"{word} ( {char.strip() or 'tab'} )") for char, word in sheets.DELIMITERS],
        required=False,
    )
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def __init__(self, *args: Any, table: sheets.Table, known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if table.layout.kind == "xlsx":
            self.fields["sheet"].choices = [(one, one) for one in known]  # type: ignore[attr-defined]
            del self.fields["encoding"], self.fields["delimiter"]
        else:
            del self.fields["sheet"]

    def layout(self, known: dict[str, Any]) -> dict[str, Any]:
        """The layout with this form's corrections."""
        names = [name for name in ("encoding", "delimiter", "sheet", "header_row") if name in self.fields]
        return {**known, **{name: self.cleaned_data[name] for name in names}}


class ColumnsForm(Form):
    """Which column holds what."""

    def __init__(self, *args: Any, table: sheets.Table, shape: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(i), f"{sheets.letter(i)}: {name}") for i, name in enumerate(table.columns)]
        for name, (label, _others) in COLUMNS[Shape(shape)].items():
            needed = name in NEEDED[Shape(shape)]
            optional: list[tuple[str, Any]] = [] if needed else [("", _("not in the sheet"))]
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=optional + columns, coerce=int, required=needed, empty_value=None
            )
            self.fields[name].widget.attrs["class"] = "form-select"

    def mapping(self) -> dict[str, int]:
        """The columns that were chosen."""
        return {name: place for name, place in self.cleaned_data.items() if place is not None}
