"""What a returned workbook would change, against the answers as they are now: cell by cell, from three sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from certification.assessments.models import Answer, WorkbookReturn
from certification.assessments.rules import workbook as shape
from certification.assessments.selectors.reading import answers_with_evidence
from certification.assessments.selectors.workbook import cells_of
from certification.assessments.states import AnswerValue, Maturity

FIELDS = ("value", "maturity", "reason", "comment")


@dataclass(frozen=True)
class CellDiff:
    """One cell that the person changed. In conflict when the website changed too since the download."""

    name: str
    cell: str
    web: Any
    sheet: Any
    conflict: bool

    @property
    def label(self) -> str:
        """What the cell is about."""
        return {
            "value": _("Answer"),
            "maturity": _("Level"),
            "reason": _("Why it does not apply"),
            "comment": _("Comment"),
        }[self.name]

    @property
    def web_words(self) -> str:
        """What the website says, in words."""
        return _words(self.name, self.web)

    @property
    def sheet_words(self) -> str:
        """What the workbook says, in words."""
        return _words(self.name, self.sheet)


@dataclass(frozen=True)
class Said:
    """What an answer would say."""

    value: str
    maturity: int | None
    reason: str
    comment: str


@dataclass
class RowDiff:
    """One answer that the workbook changes or confirms."""

    answer: Answer
    sheet: str
    cells: list[CellDiff] = field(default_factory=list)
    still: str = ""

    @property
    def code(self) -> str:
        """The indicator's code."""
        return str(self.answer.indicator.code)

    @property
    def first_cell(self) -> str:
        """A cell of its row."""
        return self.cells[0].cell if self.cells else self.still

    @property
    def conflicts(self) -> list[CellDiff]:
        """Cells that changed on both sides."""
        return [cell for cell in self.cells if cell.conflict]

    def merged(self, choices: Mapping[tuple[str, str], str]) -> Said:
        """The answer with the workbook's cells in it; in a conflict what was chosen, else the website's."""
        values = {name: getattr(self.answer, name) for name in FIELDS}
        for cell in self.cells:
            if not cell.conflict or choices.get((self.code, cell.name)) == "sheet":
                values[cell.name] = cell.sheet
        if values["value"] == AnswerValue.NOT_APPLICABLE:
            values["maturity"] = None
        return Said(**values)


def workbook_diff(returned: WorkbookReturn) -> list[RowDiff]:
    """Every row that changes or confirms something now. What the website says already is left out."""
    touched, still = returned.rows["touched"], returned.rows["still"]
    found = []
    for answer in answers_with_evidence(returned.assessment):
        code = answer.indicator.code
        principle = answer.indicator.criterion.principle
        row = RowDiff(answer, shape.sheet_name(principle.code, principle.title))
        row.cells = [
            cell
            for name, cell_said in touched.get(code, {}).items()
            if (cell := _cell(answer, name, *cell_said))
        ]
        row.still = still.get(code, "") if answer.carried else ""
        if row.cells or row.still:
            found.append(row)
    return found


def _cell(answer: Answer, name: str, cell: str, said: Any, was: str) -> CellDiff | None:
    now = getattr(answer, name)
    if now == said:
        return None
    moved_on = shape.mark(cells_of(answer)[name]) != was
    return CellDiff(name, cell, now, said, moved_on)


def _words(name: str, value: Any) -> str:
    if value in ("", None):
        return ""
    if name == "value":
        return str(AnswerValue(value).label)
    if name == "maturity":
        return f"{value}. {Maturity(value).label}"
    return str(value)
