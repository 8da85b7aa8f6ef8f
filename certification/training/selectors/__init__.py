"""What there is to know about courses, seats and levels."""

from certification.training.selectors.courses import (
    attended,
    busy_seats,
    course_cards,
    courses_visible_to,
    moves_for,
    people_to_enrol,
    seats_of,
    seats_visible_to,
    todos_for,
    trainers_of,
)
from certification.training.selectors.levels import (
    LevelCard,
    LevelLine,
    agency_panel,
    level_card,
    level_of,
    levels_of,
    results_of,
)

__all__ = [
    "LevelCard",
    "LevelLine",
    "agency_panel",
    "attended",
    "busy_seats",
    "course_cards",
    "courses_visible_to",
    "level_card",
    "level_of",
    "levels_of",
    "moves_for",
    "people_to_enrol",
    "results_of",
    "seats_of",
    "seats_visible_to",
    "todos_for",
    "trainers_of",
]
