"""What an agency, its names and its declaration can be. Its standing in the scheme is derived, never kept here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """Who owns the agency. The scheme certifies private ones, for profit or not."""

    PRIVATE = "private", _("Private company")
    NON_PROFIT = "non_profit", _("Private, not for profit")
    PUBLIC = "public", _("Public employment service or other public body")


CERTIFIABLE_KINDS = (AgencyKind.PRIVATE, AgencyKind.NON_PROFIT)


class NameKind(models.TextChoices):
    """How a name belongs to its agency."""

    LEGAL = "legal", _("Legal name")
    TRADING = "trading", _("Trading name")
    LOCAL = "local", _("Name in another language or script")
    FORMER = "former", _("Former name")


class LicenceLoss(models.TextChoices):
    """Why a licence no longer carries the agency."""

    REVOKED = "revoked", _("the register says that it was taken away")
    SUSPENDED = "suspended", _("the register says that it is suspended")
    EXPIRED = "expired", _("it ended and none follows")


class SanctionsAnswer(models.TextChoices):
    """What the agency declared about sanctions, bans and open cases."""

    NONE = "none", _("No, none")
    SOME = "some", _("Yes, and here is what happened")


LANGUAGE_CHOICES = [
    ("en", _("English")),
    ("am", _("Amharic")),
    ("ar", _("Arabic")),
    ("bn", _("Bengali")),
    ("my", _("Burmese")),
    ("zh", _("Chinese")),
    ("cs", _("Czech")),
    ("fil", _("Filipino")),
    ("fr", _("French")),
    ("ka", _("Georgian")),
    ("hi", _("Hindi")),
    ("id", _("Indonesian")),
    ("ja", _("Japanese")),
    ("km", _("Khmer")),
    ("ko", _("Korean")),
    ("ms", _("Malay")),
    ("ne", _("Nepali")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("si", _("Sinhala")),
    ("es", _("Spanish")),
    ("ta", _("Tamil")),
    ("th", _("Thai")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("vi", _("Vietnamese")),
]
LANGUAGES = {code for code, _name in LANGUAGE_CHOICES}
