"""Disputes of entries and notices of authorities: taken in, looked at, answered."""

from certification.corrections.services.answering import (
    correct_dispute,
    keep_dispute,
    look_at_dispute,
    show_reply,
)
from certification.corrections.services.disputing import (
    DisputeEntry,
    dispute_as,
    dispute_publicly,
    withdraw_by_code,
    withdraw_dispute,
)
from certification.corrections.services.forgetting import forget_contacts
from certification.corrections.services.noticing import (
    NoticeEntry,
    act_on_notice,
    file_notice,
    look_at_notice,
    note_notice,
    withdraw_notice,
)
from certification.corrections.services.telling import MAIL_JOB, mail_sender

__all__ = [
    "MAIL_JOB",
    "DisputeEntry",
    "NoticeEntry",
    "act_on_notice",
    "correct_dispute",
    "dispute_as",
    "dispute_publicly",
    "file_notice",
    "forget_contacts",
    "keep_dispute",
    "look_at_dispute",
    "look_at_notice",
    "mail_sender",
    "note_notice",
    "show_reply",
    "withdraw_by_code",
    "withdraw_dispute",
    "withdraw_notice",
]
