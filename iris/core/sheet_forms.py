"""Forms for a table that was uploaded: how the file is read, and which column holds what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core import sheets
from iris.core.forms import Form

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOW = ("header_row", "encoding", "delimiter", "sheet")


class ReadingForm(Form):
    """How the file is read. `kind` is that of its layout, `known` are the sheets of a workbook."""

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

    def __init__(self, *args: Any, kind: str, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == "xlsx":
            self.fields["sheet"].choices = [(one, one) for one in known]  # type: ignore[attr-defined] # a choice field
            del self.fields["encoding"], self.fields["delimiter"]
        else:
            del self.fields["sheet"]

    def layout(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """The layout with this form's corrections; what was left empty stays as it was read."""
        said = {name: self.cleaned_data.get(name) for name in HOW if name in self.fields}
        return {**known, **{name: value for name, value in said.items() if value not in {None, ""}}}


class ColumnsForm(Form):
    """Which column holds what: a choice for each of `labels`, those of `needed` without a way round."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        labels: Mapping[str, StrOrPromise],
        needed: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(at), f"{sheets.letter(at)}: {name}") for at, name in enumerate(columns)]
        for name, label in labels.items():
            none: list[tuple[str, Any]] = [
                ("", _("Choose the column") if name in needed else _("not in the sheet"))
            ]
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=none + offered,
                coerce=int,
                required=name in needed,
                empty_value=None,
                error_messages={"required": _("Choose the column that holds it.")},
            )
            self.fields[name].widget.attrs["class"] = "form-select"

    def mapping(self) -> dict[str, int]:
        """The columns that were chosen."""
        return {name: at for name, at in self.cleaned_data.items() if at is not None}
