"""Pure questions about certificates: how numbers look, what a revision is worth on a day, what a scope covers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.certificates.states import (
    CertificateState,
    ReviewState,
    ScopeChange,
    Standing,
    WindowState,
)
from iris.core import clocks
from iris.core.errors import Text

if TYPE_CHECKING:
    from certification.certificates.models import Certificate

NUMBER_MAX = 40
# Letters and digits that people take for one another when they read a number off paper.
_ALIKE = str.maketrans("OQDILSBZG", "000115826")


def number_from(pattern: str, serial: int, on: date) -> str:
    """The certificate number: the configured pattern with the serial, year and month of issue filled in."""
    return pattern.format(serial=serial, yy=f"{on:%y}", yyyy=f"{on:%Y}", mm=f"{on:%m}")


def plain_number(text: str) -> str:
    """What somebody typed, down to its capitals and digits: spaces, dashes and dots do not count."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[^A-Z0-9]", "", folded)[:NUMBER_MAX]


def alike_key(text: str) -> str:
    """A number with the letters and digits that look alike made equal (O and 0, I and 1, S and 5, ...)."""
    return plain_number(text).translate(_ALIKE)


def near_keys(key: str) -> str:
    """A regular expression for keys that differ from this one in one place, or by two neighbours swapped."""
    ways = [f"{key[:i]}.{key[i + 1 :]}" for i in range(len(key))]
    ways += [f"{key[:i]}{key[i + 1]}{key[i]}{key[i + 2 :]}" for i in range(len(key) - 1)]
    ways += [f"{key[:i]}{key[i + 1 :]}" for i in range(len(key))]
    ways += [f"{key[:i]}.{key[i:]}" for i in range(len(key) + 1)]
    return "^(" + "|".join(ways) + ")$"


def standing_on(certificate: Certificate, on: date) -> Standing:
    """What this revision makes of its agency on a day. Its dates count before its state: no sweep needs to have run."""
    state = CertificateState(certificate.state)
    ended = {
        CertificateState.WITHDRAWN: Standing.WITHDRAWN,
        CertificateState.RELINQUISHED: Standing.LEFT,
        CertificateState.SUPERSEDED: Standing.SUPERSEDED,
        CertificateState.EXPIRED: Standing.EXPIRED,
    }
    if state in ended:
        return ended[state]
    if certificate.expires_on < on:
        return Standing.EXPIRED
    if state == CertificateState.SUSPENDED:
        return Standing.SUSPENDED
    if certificate.effective_on > on:
        return Standing.NOT_YET_VALID
    if state == CertificateState.CONDITIONAL:
        return Standing.CERTIFIED_WITH_CONDITIONS
    if certificate.scope_change == ScopeChange.REDUCED:
        return Standing.REDUCED_SCOPE
    return Standing.CERTIFIED


def in_the_way_of_reinstating(certificate: Certificate) -> list[Text]:
    """What led to a suspension and is still so; a suspension ends after it is put right."""
    left: list[Text] = []
    for text in certificate.conditions.filter(met_on__isnull=True, due_on__lt=clocks.today()).values_list(
        "text", flat=True
    ):
        left.append(gettext_lazy("A condition is past its day: %(text)s") % {"text": text})
    if certificate.decision.surveillance.filter(state=WindowState.MISSED).exists():
        left.append(gettext_lazy("The surveillance audit that was missed has not been held yet."))
    if certificate.licence_reviews.filter(state=ReviewState.OPEN).exists():
        left.append(gettext_lazy("The review of a lost licence is open: decide it first."))
    return left


def missing_for_reinstate(certificate: Certificate) -> list[Text]:
    """Why a suspended certificate cannot simply be as before."""
    left = in_the_way_of_reinstating(certificate)
    if certificate.conditions.filter(met_on__isnull=True).exists():
        left.append(gettext_lazy("A condition is still open: reinstate it with its conditions."))
    return left


def windows_for(decided_on: date, expires_on: date) -> list[date]:
    """The last days of the surveillance audits of a certificate: yearly from the decision, none in the last months,

    when the audit of the next certification takes its place.
    """
    every = clocks.number("surveillance_months", on=decided_on)
    last = clocks.add_months(expires_on, -clocks.number("recertification_window_months", on=decided_on))
    found: list[date] = []
    while (day := clocks.add_months(decided_on, every * (len(found) + 1))) <= last:
        found.append(day)
    return found


def missing_for_clearing(certificate: Certificate) -> list[Text]:
    """The conditions that are still open, one line each."""
    return [
        gettext_lazy("Condition not met yet: %(text)s") % {"text": text}
        for text in certificate.conditions.filter(met_on__isnull=True).values_list("text", flat=True)
    ]


def script_lang(text: str, lang: str = "") -> str:
    """The language a name is set in: as told, or guessed from its script (fonts and hyphens of a PDF follow it)."""
    if lang and lang != "en":
        return lang
    for name, code in _SCRIPTS:
        if any(name in unicodedata.name(letter, "") for letter in text):
            return code
    return lang or "en"


_SCRIPTS = (
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("DEVANAGARI", "ne"),
    ("BENGALI", "bn"),
    ("ETHIOPIC", "am"),
    ("ARABIC", "ar"),
    ("TAMIL", "ta"),
    ("SINHALA", "si"),
    ("THAI", "th"),
    ("MYANMAR", "my"),
    ("KHMER", "km"),
    ("CYRILLIC", "uk"),
    ("GEORGIAN", "ka"),
    ("ARMENIAN", "hy"),
    ("GUJARATI", "gu"),
    ("GURMUKHI", "pa"),
    ("TELUGU", "te"),
    ("KANNADA", "kn"),
    ("MALAYALAM", "ml"),
    ("LAO ", "lo"),
    ("HEBREW", "he"),
)
RIGHT_TO_LEFT = {"ar", "ur", "fa", "he"}


def join_words(words: Iterable[str]) -> str:
    """A list as a phrase: "a, b and c"."""
    parts = [word for word in words if word]
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
