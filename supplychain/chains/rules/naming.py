"""Words that stand where a name is missing."""

from iris.matching import normalise

_NO_NAMES = frozenset(
    [
        "unknown",
        "not known",
        "unknown agent",
        "unknown recruiter",
        "n a",
        "na",
        "none",
        "nil",
        "tbd",
        "tbc",
        "to be confirmed",
        "to be determined",
        "not disclosed",
        "undisclosed",
        "no name",
        "unnamed",
        "unbekannt",
        "inconnu",
        "desconocido",
        "nieznany",
        "onbekend",
        "x",
        "xx",
        "xxx",
    ]
)


def is_no_name(text: str) -> bool:
    """Whether a text says that there is a party, and not who."""
    plain = normalise(text)
    return not plain or plain in _NO_NAMES
