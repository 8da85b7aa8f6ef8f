"""Whether a merged row can be kept: what its own cells say against each other. Pure; the services say the last word."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from audits.engagements.states import Rating
from iris.core.workbooks import short

from . import shape


def wrong_in(row: str, values: Mapping[str, str], codes: Collection[str]) -> dict[str, str]:
    """What is wrong with a merged row, by column; empty when nothing is. `codes` are the edition's indicators."""
    kind = shape.kind_of(row)
    if kind == shape.RATING:
        return _rating(values)
    if kind == shape.FINDING:
        return _finding(values, codes, new=shape.is_new(row))
    if kind == shape.INTERVIEW:
        return _interview(values)
    return _evidence(values, codes)


def _rating(values: Mapping[str, str]) -> dict[str, str]:
    rating, note = values.get("rating", ""), values.get("note", "")
    if not rating and note:
        return {"rating": _("a note needs a rating; found none. Choose one of the list.")}
    if not rating:
        return {"rating": _("a rating is not taken away; found nothing. Choose one of the list.")}
    if rating not in (Rating.MEETS, Rating.CHECK) and not note:
        return {"note": _("expected what you saw, found nothing: this rating needs a note.")}
    return {}


def _finding(values: Mapping[str, str], codes: Collection[str], *, new: bool) -> dict[str, str]:
    wrong = _indicator(values, codes, needed=True) if new else {}
    asked = {
        "grade": _("expected a grade, found nothing. Choose one of the list."),
        "title": _("expected a short title, found nothing. Say what is wrong, or good, in one line."),
        "statement": _("expected what was found against the indicator, found nothing."),
        "evidence": _(
            "expected what the statement rests on, found nothing. A finding without it is not taken."
        ),
    }
    return wrong | {name: text for name, text in asked.items() if not values.get(name)}


def _interview(values: Mapping[str, str]) -> dict[str, str]:
    held, note = values.get("held", ""), values.get("note", "")
    if not held:
        return {"held": _("expected a number, found nothing. Nobody: write 0 and why in the note.")}
    if held == "0" and not note:
        return {"note": _("expected why nobody was spoken with, found nothing.")}
    return {}


def _evidence(values: Mapping[str, str], codes: Collection[str]) -> dict[str, str]:
    wrong = _indicator(values, codes, needed=False)
    if not values.get("what"):
        wrong["what"] = _("expected what was seen, found nothing. Say it in a few words.")
    return wrong


def _indicator(values: Mapping[str, str], codes: Collection[str], *, needed: bool) -> dict[str, str]:
    code = values.get("indicator", "")
    if not code and needed:
        return {"indicator": _("expected an indicator, found nothing. Choose one of the list.")}
    if code and code not in codes:
        return {
            "indicator": _("expected an indicator of this edition, for example %(one)s; found “%(found)s”.")
            % {"one": next(iter(codes), "A.1.1"), "found": short(code)}
        }
    return {}
