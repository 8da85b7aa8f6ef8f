"""The acts of the report: draft, dispute, final, correction; its versions and their PDFs."""

from .exporting import archive, ask_for_export, make_export
from .reporting import agree_draft, dispute_draft, revise_draft, send_draft, send_final
from .texts import ReportText
from .versions import ask_for_pdf, correct_report, render_version

__all__ = [
    "ReportText",
    "agree_draft",
    "archive",
    "ask_for_export",
    "ask_for_pdf",
    "correct_report",
    "dispute_draft",
    "make_export",
    "render_version",
    "revise_draft",
    "send_draft",
    "send_final",
]
