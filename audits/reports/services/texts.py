"""What the auditors write in a report, and what has to be in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.interviews import selectors as interviews
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


def check_text(audit: Audit, text: ReportText, **more: str) -> None:
    """Raises BadInput when the summary is missing, or when a text names somebody who was interviewed."""
    if not text.summary.strip():
        raise BadInput(fields={"summary": [_("Write the summary: what was audited and what was found.")]})
    no_name_in(audit, {"summary": text.summary, "strengths": text.strengths, "limits": text.limits, **more})


def no_name_in(audit: Audit, texts: Mapping[str, str]) -> None:
    """Raises BadInput on the field of a text that holds a name or contact of somebody who was interviewed."""
    away = interviews.texts_giving_away(audit, texts)
    if away:
        raise BadInput(fields={name: [sentence] for name, sentence in away.items()})
