"""Rows into files, one at a time: CSV for tables, JSONL as it is, FollowTheMoney for graphs."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from django.conf import settings

from certification.opendata.rules import records
from certification.opendata.rules.entries import canonical
from iris.core.sheets import harmless


class Writer:
    """The open files of one dump."""

    def __init__(self, place: Path) -> None:
        self._place, self._stack = place, ExitStack()
        self.counts = {"agencies": 0, "certificates": 0, "log": 0}
        self._files: dict[str, TextIO] = {}
        self._tables: dict[str, Any] = {}

    def __enter__(self) -> Self:
        fields = {"agencies": records.AGENCY_FIELDS, "certificates": records.CERTIFICATE_FIELDS}
        for name, columns in fields.items():
            self._open(f"{name}.jsonl", "\n")
            self._tables[name] = csv.writer(self._open(f"{name}.csv", ""))
            self._tables[name].writerow([one[0] for one in columns])
        self._open("entities.ftm.json", "\n")
        self._open("log.jsonl", "\n")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _open(self, name: str, newline: str) -> TextIO:
        file = self._stack.enter_context((self._place / name).open("w", encoding="utf-8", newline=newline))
        self._files[name] = file
        return file

    def agency(self, row: dict[str, Any]) -> None:
        """One agency."""
        self._row("agencies", row)
        for entity in records.entities_of_agency(row):
            self._entity(entity)

    def certificate(self, row: dict[str, Any]) -> None:
        """One revision of a certificate."""
        self._row("certificates", row)
        for entity in records.entities_of_certificate(row, str(settings.SCHEME_NAME)):
            self._entity(entity)

    def line(self, told: dict[str, Any]) -> None:
        """One line of the log."""
        self._files["log.jsonl"].write(canonical(told) + "\n")
        self.counts["log"] += 1

    def _row(self, table: str, row: dict[str, Any]) -> None:
        self._files[f"{table}.jsonl"].write(canonical(row) + "\n")
        self._tables[table].writerow([cell(one) for one in row.values()])
        self.counts[table] += 1

    def _entity(self, entity: dict[str, Any]) -> None:
        self._files["entities.ftm.json"].write(json.dumps(entity, ensure_ascii=False) + "\n")


def cell(value: Any) -> str:
    """A value in a CSV cell: lists as JSON, nothing as an empty cell, and no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return harmless(str(value))
