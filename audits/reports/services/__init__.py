"""The acts of the report: draft, dispute, final."""

from .reporting import ReportText, agree_draft, dispute_draft, revise_draft, send_draft, send_final

__all__ = ["ReportText", "agree_draft", "dispute_draft", "revise_draft", "send_draft", "send_final"]
