"""The card about samples on the pages of an audit."""

from __future__ import annotations

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel
from iris.accounts.models import User

from ..states import OPEN, FrameState
from .lists import frames_of, samples_of, unasked_kinds


def panel(audit: Audit, user: User) -> Panel | None:
    """Lists and samples of an audit; nothing before it is accepted, and nothing for the agency before it is asked."""
    if audit.accepted_at is None:
        return None
    frames = frames_of(audit)
    worked = audit.is_worked_by(user) and audit.state in OPEN
    if not frames and not worked:
        return None
    sizes = {sample.frame_id: sample for sample in samples_of(audit)}
    answers = audit.is_answered_by(user) and audit.state in OPEN
    rows = [
        {
            "frame": frame,
            "sample": sizes.get(frame.pk),
            "version": frame.version,
            "send": answers and frame.state in (FrameState.ASKED, FrameState.RECEIVED),
        }
        for frame in frames
    ]
    return Panel(
        template="audits/sampling/_panel.html",
        context={"rows": rows, "ask": worked and bool(unasked_kinds(audit)), "works": worked},
    )
