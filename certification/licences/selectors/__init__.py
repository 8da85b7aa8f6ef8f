"""What registers say, as of a day, and what the lists are worth."""

from certification.licences.rules.days import bs_year_in_words
from certification.licences.rules.numbers import number_key
from certification.licences.rules.registers import Note, RegisterSpec, register, register_of, registers

from .lists import (
    RegisterLine,
    entries_of,
    entry,
    history_of,
    latest_read,
    may_import,
    register_line,
    register_lines,
    search_entries,
    snapshots_of,
    todos_for,
)
from .standing import (
    Asked,
    LicenceStanding,
    language_name,
    last_word,
    shape_warning,
    standing_of,
    standings_of,
    year_note,
)

__all__ = [
    "Asked",
    "LicenceStanding",
    "Note",
    "RegisterLine",
    "RegisterSpec",
    "bs_year_in_words",
    "entries_of",
    "entry",
    "history_of",
    "language_name",
    "last_word",
    "latest_read",
    "may_import",
    "number_key",
    "register",
    "register_line",
    "register_lines",
    "register_of",
    "registers",
    "search_entries",
    "shape_warning",
    "snapshots_of",
    "standing_of",
    "standings_of",
    "todos_for",
    "year_note",
]
