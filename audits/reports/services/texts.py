"""What the auditors write in a report, and what has to be in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from iris.core.errors import BadInput


@dataclass(frozen=True)
class ReportText:
    """What the auditors write for the agency and the scheme."""

    summary: str
    strengths: str = ""
    limits: str = ""

    def tidy(self) -> tuple[str, str, str]:
        """Summary, strengths and limits without blanks around them."""
        return self.summary.strip(), self.strengths.strip(), self.limits.strip()


def check_text(text: ReportText) -> None:
    """Raises BadInput when the summary is missing."""
    if not text.summary.strip():
        raise BadInput(fields={"summary": [_("Write the summary: what was audited and what was found.")]})
