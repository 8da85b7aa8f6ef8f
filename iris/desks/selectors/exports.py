"""A trace and the statistics as files: the same content as the pages, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from audits.engagements.models import IndicatorNote
from audits.findings.models import Finding
from audits.reports.selectors import Piece, as_json
from certification.applications.models import Application
from certification.assessments.models import Answer
from iris.accounts.models import User
from iris.core import clocks
from iris.core.sheets import harmless
from iris.desks.selectors.statistics import Statistics
from iris.desks.selectors.trace import IndicatorTrace, Trace, trace

TRACE_COLUMNS = (
    "edition",
    "criterion",
    "criterion_title",
    "indicator",
    "question",
    "answer",
    "maturity",
    "comment",
    "documents",
    "ratings",
    "findings",
    "actions",
    "decision",
    "decided_on",
    "certificates",
)


def trace_as_json(trace: Trace) -> dict[str, Any]:
    """The trace as nested data; days as ISO text, documents with their SHA-256."""
    decision = trace.decision
    return {
        "as_of": clocks.now().isoformat(),
        "application": trace.application.number,
        "agency": trace.application.agency.legal_name,
        "edition": trace.assessment.edition.number if trace.assessment else None,
        "assessment_sha256": trace.assessment.content_hash if trace.assessment else None,
        "audit": trace.audit.number if trace.audit else None,
        "criteria": [
            {
                "code": one.criterion.code,
                "title": one.criterion.title,
                "indicators": [_indicator(row) for row in one.rows],
            }
            for one in trace.criteria
        ],
        "decision": {"outcome": decision.outcome, "decided_at": _moment(decision.decided_at)}
        if decision
        else None,
        "certificates": [
            {"number": row.number, "revision": row.revision, "effective_on": row.effective_on.isoformat()}
            for row in trace.certificates
        ],
    }


def trace_chapter(application: Application, user: User) -> Iterator[Piece]:
    """The trace in the archive of a case."""
    found = trace(application, user)
    yield Piece("6-trace/trace.json", _("From criterion to certificate"), as_json(trace_as_json(found)))
    yield Piece("6-trace/trace.csv", _("From criterion to certificate"), trace_as_csv(found).encode())


def _indicator(row: IndicatorTrace) -> dict[str, Any]:
    return {
        "code": row.indicator.code,
        "question": row.indicator.question,
        "answer": _answer(row.answer) if row.answer else None,
        "ratings": [{"stage": note.stage, "rating": note.rating, "note": note.note} for note in row.notes],
        "findings": [_finding(finding) for finding in row.findings],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "value": answer.value,
        "maturity": answer.maturity,
        "comment": answer.comment,
        "reason": answer.reason,
        "documents": [
            {"title": one.title, "sha256": one.file.sha256, "added_on": one.created_at.date().isoformat()}
            for one in answer.evidence.all()
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "number": finding.number,
        "grade": finding.grade,
        "state": finding.state,
        "title": finding.title,
        "issued_at": _moment(finding.issued_at),
        "closed_at": _moment(finding.closed_at),
        "disagreement": [
            {"side": one.side, "words": one.words, "said_at": _moment(one.created_at)}
            for one in finding.positions.all()
        ],
        "actions": [
            {
                "round": action.round,
                "state": action.state,
                "action": action.action,
                "due_on": action.due_on.isoformat(),
                "files": [{"title": one.title, "sha256": one.file.sha256} for one in action.files.all()],
            }
            for action in finding.actions.all()
        ],
    }


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def trace_as_csv(trace: Trace) -> str:
    """One line for each indicator."""
    decided = (
        trace.decision.decided_at.date().isoformat() if trace.decision and trace.decision.decided_at else ""
    )
    outcome = trace.decision.outcome if trace.decision else ""
    numbers = "; ".join(f"{row.number} rev. {row.revision}" for row in trace.certificates)
    edition = str(trace.assessment.edition.number) if trace.assessment else ""
    rows = [[edition, *_cells(row), outcome, decided, numbers] for row in trace.lines()]
    return written(TRACE_COLUMNS, rows)


def _cells(row: IndicatorTrace) -> list[str]:
    answer, criterion = row.answer, row.indicator.criterion
    documents = [f"{one.title} ({one.file.sha256})" for one in answer.evidence.all()] if answer else []
    return [
        criterion.code,
        criterion.title,
        row.indicator.code,
        row.indicator.question,
        answer.value if answer else "",
        str(answer.maturity) if answer and answer.maturity is not None else "",
        answer.comment if answer else "",
        "; ".join(documents),
        "; ".join(_rated(note) for note in row.notes),
        "; ".join(f"{one.number} {one.grade} {one.state}: {one.title}" for one in row.findings),
        "; ".join(f"{act.state}: {act.action}" for one in row.findings for act in one.actions.all()),
    ]


def _rated(note: IndicatorNote) -> str:
    return f"stage {note.stage}: {note.rating}"


def statistics_as_csv(found: Statistics) -> str:
    """Every table of the statistics page below each other."""
    rows = [[table.key, row.key, row.label, str(row.count)] for table in found.tables for row in table.rows]
    return written(("table", "key", "label", "count"), rows)


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV text with a header, each cell made harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()
