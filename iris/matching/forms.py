"""The organisation types that rigour knows, asked of its compiled core.

Its Python package imports ICU, which has no wheel and would ask every machine for a compiler; the core needs none.
"""

from rigour._core import extract_org_types

CASEFOLD = 4  # rigour.text.normalize.Normalize.CASEFOLD
AS_IT_IS = 0  # rigour.text.normalize.Cleanup.Noop


def organisation_types(text: str) -> list[tuple[str, str]]:
    """Every organisation type in a case-folded text, as written there, with the form it compares by."""
    return extract_org_types(text, CASEFOLD, AS_IT_IS, False)
