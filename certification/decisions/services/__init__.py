"""Writing bars, taking decisions with four eyes, and hearing appeals."""

from certification.decisions.services.appealing import (
    acknowledge_appeal,
    appeal,
    vote_on_appeal,
    when_overturned,
    withdraw_appeal,
)
from certification.decisions.services.bars import (
    bar,
    bar_by_hand,
    cool_off_ends,
    extend_bar,
    refuse_barred,
    tie_in_words,
)
from certification.decisions.services.deciding import (
    answer_by_office,
    decide,
    open_decision,
    vote,
    when_decided,
)

__all__ = [
    "acknowledge_appeal",
    "answer_by_office",
    "appeal",
    "bar",
    "bar_by_hand",
    "cool_off_ends",
    "decide",
    "extend_bar",
    "open_decision",
    "refuse_barred",
    "tie_in_words",
    "vote",
    "vote_on_appeal",
    "when_decided",
    "when_overturned",
    "withdraw_appeal",
]
