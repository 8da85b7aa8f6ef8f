"""Uploading a sheet of one of the agency's lists, and saying which column holds what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.rules.sheet import COLUMNS, NEEDED
from certification.agencies.states import ListPage
from iris.core import sheets
from iris.core.forms import Form


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


class ReadingForm(Form):
    """How the file is read."""

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

    def __init__(self, *args: Any, kind: str, known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == "xlsx":
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

    def __init__(self, *args: Any, columns: list[str], page: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(at), f"{sheets.letter(at)}: {name}") for at, name in enumerate(columns)]
        for name, (label, _others) in COLUMNS[ListPage(page)].items():
            needed = name in NEEDED[ListPage(page)]
            none: list[tuple[str, Any]] = [("", _("Choose the column") if needed else _("not in the sheet"))]
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=none + offered,
                coerce=int,
                required=needed,
                empty_value=None,
                error_messages={"required": _("Choose the column that holds it.")},
            )
            self.fields[name].widget.attrs["class"] = "form-select"

    def mapping(self) -> dict[str, int]:
        """The columns that were chosen."""
        return {name: at for name, at in self.cleaned_data.items() if at is not None}
