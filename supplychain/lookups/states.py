"""Words for outcomes and for how a match came about."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text
from iris.core.states import Owner, StateFacts, describe_states


class LookupOutcome(models.TextChoices):
    """What a check found; the same five codes as iris.matching."""

    FOUND = "found", _("Found")
    AMBIGUOUS = "ambiguous", _("Several could be meant")
    POSSIBLE = "possible", _("Perhaps one of these")
    NOT_FOUND = "not_found", _("Not found")
    INVALID = "invalid", _("Nothing to search for")


class How(models.TextChoices):
    """What the match rests on. Only a number or a person's choice makes it certain."""

    CERTIFICATE = "certificate", _("the certificate number")
    LICENCE = "licence", _("the licence number")
    REGISTRATION = "registration", _("the registration number")
    LEI = "lei", _("the LEI")
    NUMBER = "number", _("a tax or register number")
    CONTACT = "contact", _("the phone number or web address")
    SAME_NAME = "same_name", _("the same name")
    NEAR_NAME = "near_name", _("a name alike")
    CHOSEN = "chosen", _("your choice among names alike")
    REMEMBERED = "remembered", _("a choice your organisation made before")


class Via(models.TextChoices):
    """Through which door the check came."""

    PAGE = "page", _("page")
    API = "api", _("API")
    SCREENING = "screening", _("screening")


class Relationship(models.TextChoices):
    """What the agency is to who asks; kept with the receipt."""

    SUPPLIER = "supplier", _("It recruits for us")
    CANDIDATE = "candidate", _("We think of working with it")
    RECRUITER_OF_SUPPLIER = "of_supplier", _("It recruits for a supplier of ours")
    OTHER = "other", _("Something else")


@dataclass(frozen=True)
class Look:
    """A headline in a list."""

    words: Text
    tone: str


# The headlines of selectors.verdict_of, as a list shows them; an older check has only its outcome.
_LOOKS = {
    "certified": Look(_("Certified"), "good"),
    "with_conditions": Look(_("Certified with conditions"), "care"),
    "name_alike": Look(_("Certified, name alike"), "care"),
    "entity_unsure": Look(_("Certified, perhaps another"), "care"),
    "other_scope": Look(_("Other scope"), "care"),
    "not_valid": Look(_("Not certified"), "stop"),
    "ended": Look(_("Certified, company ended"), "care"),
    "found": Look(_("Found"), "work"),
    "ambiguous": Look(_("Several"), "unsure"),
    "possible": Look(_("Perhaps"), "unsure"),
    "not_found": Look(_("Not found"), "past"),
    "invalid": Look(_("Nothing to search for"), "care"),
}


def look_of(code: str) -> Look:
    """The headline of a code."""
    return _LOOKS[code]


IDENTIFIED = frozenset({How.CERTIFICATE, How.LICENCE, How.REGISTRATION, How.LEI, How.NUMBER})
CERTAIN = IDENTIFIED | {How.CHOSEN, How.REMEMBERED}


def _facts(label: object, tone: str, icon: str) -> StateFacts:
    return StateFacts(Owner.NOBODY, label, label, label, tone, icon)  # type: ignore[arg-type]


describe_states(
    LookupOutcome,
    {
        LookupOutcome.FOUND: _facts(_("Found"), "work", "check"),
        LookupOutcome.AMBIGUOUS: _facts(_("Several could be meant"), "unsure", "arrows-split-2"),
        LookupOutcome.POSSIBLE: _facts(_("Perhaps one of these"), "unsure", "help-circle"),
        LookupOutcome.NOT_FOUND: _facts(_("Not found"), "past", "minus"),
        LookupOutcome.INVALID: _facts(_("Nothing to search for"), "care", "alert-triangle"),
    },
)
