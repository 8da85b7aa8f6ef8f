"""What people write when they act."""

from __future__ import annotations

from django.utils.translation import gettext as _

from certification.applications.models import LONGEST_TEXT
from iris.core.errors import BadInput, ReasonRequired


def reason_given(text: str, sentence: str, *, field: str = "reason") -> str:
    """A reason with words in it, of a length that fits."""
    words = text.strip()
    if not words:
        raise ReasonRequired(sentence, fields={field: [sentence]})
    return fitting(words, field=field)


def fitting(text: str, *, field: str) -> str:
    """Text that is not too long."""
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > LONGEST_TEXT:
        sentence = _("This has %(count)s characters. Shorten it to %(longest)s or fewer.") % {
            "count": f"{len(words):,}",
            "longest": f"{LONGEST_TEXT:,}",
        }
        raise BadInput(sentence, fields={field: [sentence]})
    return words
