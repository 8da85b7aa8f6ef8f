"""What fieldwork has gathered, as its readers may see it."""

from ..rules import agenda
from .evidence import (
    evidence_by_indicator,
    evidence_of,
    evidence_visible_to,
    file_for,
    may_read_original,
    offer_disclosed,
    shared_version,
    versions_of,
)
from .meetings import meeting_of, meetings_of, missing_meetings, own_seat, seat_by_code, seats_of, silent_in
from .panels import agency_panel, desk_cards, missing_for_draft, stage_panel
from .presented import FindingLine, finding_lines, offer_finding_lines, presented
from .signs import SignRow, history_of, indicators_by_sign, signs_csv, signs_of, unanswered_signs

__all__ = [
    "FindingLine",
    "SignRow",
    "agency_panel",
    "agenda",
    "desk_cards",
    "evidence_by_indicator",
    "evidence_of",
    "evidence_visible_to",
    "file_for",
    "finding_lines",
    "history_of",
    "indicators_by_sign",
    "may_read_original",
    "meeting_of",
    "meetings_of",
    "missing_for_draft",
    "missing_meetings",
    "offer_disclosed",
    "offer_finding_lines",
    "own_seat",
    "presented",
    "seat_by_code",
    "seats_of",
    "shared_version",
    "signs_csv",
    "signs_of",
    "silent_in",
    "stage_panel",
    "unanswered_signs",
    "versions_of",
]
