"""Cells of a sheet as values: kinds, countries, days, numbers, who pays. What cannot be read gives a sentence."""

import re
from datetime import date

from django.utils.translation import gettext as _

from iris.core import cells
from iris.core.cells import Unreadable, plain
from iris.core.places import SECTORS
from supplychain.chains.rules.days import day_problem
from supplychain.chains.states import FeeTerms, PartyKind

KIND_WORDS: dict[str, PartyKind] = {
    "customer": PartyKind.BUYER,
    "brand": PartyKind.BUYER,
    "company": PartyKind.BUYER,
    "supplier": PartyKind.SITE,
    "factory": PartyKind.SITE,
    "plant": PartyKind.SITE,
    "farm": PartyKind.SITE,
    "site": PartyKind.SITE,
    "labour provider": PartyKind.EMPLOYER,
    "employer": PartyKind.EMPLOYER,
    "recruiter": PartyKind.RECRUITER_ORIGIN,
    "agency": PartyKind.RECRUITER_ORIGIN,
    "agency in origin": PartyKind.RECRUITER_ORIGIN,
    "recruiter in origin": PartyKind.RECRUITER_ORIGIN,
    "origin recruiter": PartyKind.RECRUITER_ORIGIN,
    "recruiter in destination": PartyKind.RECRUITER_DESTINATION,
    "destination recruiter": PartyKind.RECRUITER_DESTINATION,
    "agency in destination": PartyKind.RECRUITER_DESTINATION,
    "sub agent": PartyKind.SUB_AGENT,
    "subagent": PartyKind.SUB_AGENT,
    "agent": PartyKind.SUB_AGENT,
    "broker": PartyKind.SUB_AGENT,
    "workers": PartyKind.COHORT,
    "cohort": PartyKind.COHORT,
    "group of workers": PartyKind.COHORT,
}
FEE_WORDS: dict[str, FeeTerms] = {
    "employer": FeeTerms.EMPLOYER,
    "employer pays": FeeTerms.EMPLOYER,
    "employer pays all": FeeTerms.EMPLOYER,
    "no fees": FeeTerms.EMPLOYER,
    "none": FeeTerms.EMPLOYER,
    "shared": FeeTerms.PART,
    "part": FeeTerms.PART,
    "workers pay a part": FeeTerms.PART,
    "worker": FeeTerms.WORKERS,
    "workers": FeeTerms.WORKERS,
    "worker pays": FeeTerms.WORKERS,
    "workers pay": FeeTerms.WORKERS,
    "": FeeTerms.UNKNOWN,
    "unknown": FeeTerms.UNKNOWN,
    "not known": FeeTerms.UNKNOWN,
}


def kind_of(text: str) -> PartyKind:
    """A kind by its code, its name, or a common word."""
    word = plain(text)
    for kind in PartyKind:
        if word in {plain(kind.value), plain(str(kind.label))}:
            return kind
    if word in KIND_WORDS:
        return KIND_WORDS[word]
    raise Unreadable(
        _("expected one of %(kinds)s, found “%(found)s”, fix the word")
        % {"kinds": ", ".join(str(kind.label) for kind in PartyKind), "found": text[:40]}
    )


def day_of(text: str, today: date) -> date | None:
    """A day as YYYY-MM-DD that a link can have; empty is None."""
    day = cells.day_of(text, today)
    if day and (problem := day_problem(day, today)):
        raise Unreadable(problem)
    return day


def count_of(text: str) -> int | None:
    """A whole number of people, with or without marks between the thousands."""
    if not text:
        return None
    digits = re.sub(r"(?<=\d)[,.'’\s](?=\d{3}(\D|$))", "", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 7:
        raise Unreadable(
            _("expected a whole number of workers, found “%(found)s”, fix the number") % {"found": text[:40]}
        )
    return int(digits)


def fee_terms_of(text: str) -> FeeTerms:
    """Who pays, by code, name or a common word."""
    word = plain(text)
    for terms in FeeTerms:
        if word in {plain(terms.value), plain(str(terms.label))}:
            return terms
    if word in FEE_WORDS:
        return FEE_WORDS[word]
    raise Unreadable(
        _("expected one of %(terms)s, found “%(found)s”, fix the word")
        % {"terms": ", ".join(str(terms.label) for terms in FeeTerms), "found": text[:40]}
    )


def sector_of(text: str) -> str:
    """A sector by its code or name; empty stays empty."""
    word = plain(text)
    for code, name in SECTORS.items():
        if word in {"", code, plain(str(name))}:
            return code if word else ""
    raise Unreadable(_("expected a sector, found “%(found)s”, fix the word") % {"found": text[:40]})
