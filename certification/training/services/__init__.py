"""Keeping the catalogue, giving courses, booking seats, noting results."""

from certification.training.services.catalogue import add_entry, approve_provider, end_provider, retire_entry
from certification.training.services.courses import (
    CourseDraft,
    announce_course,
    begin_course,
    begin_due,
    cancel_course,
    draft_course,
    finish_course,
)
from certification.training.services.reminding import remind_of_ending
from certification.training.services.results import Line, note_attendance, note_result, save_sheet
from certification.training.services.seats import enrol, give_back

__all__ = [
    "CourseDraft",
    "Line",
    "add_entry",
    "announce_course",
    "approve_provider",
    "begin_course",
    "begin_due",
    "cancel_course",
    "draft_course",
    "end_provider",
    "enrol",
    "finish_course",
    "give_back",
    "note_attendance",
    "note_result",
    "remind_of_ending",
    "retire_entry",
    "save_sheet",
]
