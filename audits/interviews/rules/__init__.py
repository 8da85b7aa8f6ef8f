"""Pure questions: who is named in a text, what may be shown, what the guide asks."""

from .guide import (
    Consent,
    Guide,
    Hotline,
    Question,
    consent,
    guide,
    hotline_on_file,
    hotlines_on_file,
    is_rtl,
    languages,
)
from .names import KnownPerson, found_in, looks_like_a_number
from .suppression import Cell, Node, suppress

__all__ = [
    "Cell",
    "Consent",
    "Guide",
    "Hotline",
    "KnownPerson",
    "Node",
    "Question",
    "consent",
    "found_in",
    "guide",
    "hotline_on_file",
    "hotlines_on_file",
    "is_rtl",
    "languages",
    "looks_like_a_number",
    "suppress",
]
