"""What an agency, its names and its declaration can be. Its standing in the scheme is derived, never kept here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from iris.core.states import Owner, StateFacts, Tone, describe_states


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


class OfficerKind(models.TextChoices):
    """Who owns or directs: a person or another company."""

    PERSON = "person", _("A person")
    COMPANY = "company", _("A company")


class OfficerRole(models.TextChoices):
    """What the person or company is to the agency."""

    OWNER = "owner", _("Owner")
    DIRECTOR = "director", _("Director")
    OWNER_DIRECTOR = "owner_director", _("Owner and director")
    BENEFICIAL = "beneficial", _("Owner behind another company")


class RelationKind(models.TextChoices):
    """How another legal entity belongs to the agency."""

    PARENT = "parent", _("Parent company")
    SUBSIDIARY = "subsidiary", _("Subsidiary")
    SISTER = "sister", _("Sister company")


class IdentifierScheme(models.TextChoices):
    """Which register gave the number."""

    LEI = "lei", _("LEI (legal entity identifier)")
    TAX = "tax", _("Tax number")
    REGISTRY = "registry", _("Number in another national register")
    PL_NIP = "pl_nip", _("Poland: NIP")
    CZ_ICO = "cz_ico", _("Czechia: IČO")
    GB_COMPANY = "gb_company", _("United Kingdom: company number")


class LikenessState(models.TextChoices):
    """What the scheme made of a likeness between two agencies. Never a verdict on an agency."""

    OPEN = "open", _("To be looked at")
    EXPLAINED = "explained", _("Explained")
    DISMISSED = "dismissed", _("Chance, not a link")
    UPHELD = "upheld", _("The link is real")


class LikenessStrength(models.TextChoices):
    """How much the reasons weigh together."""

    WEAK = "weak", _("Weak")
    MEDIUM = "medium", _("Medium")
    STRONG = "strong", _("Strong")


class ChangeKind(models.TextChoices):
    """What an agency that holds a certificate has to report."""

    OWNER = "owner", _("Owner or director")
    LICENCE = "licence", _("Licence")
    CORRIDOR = "corridor", _("Corridor or sector")
    SUB_AGENT = "sub_agent", _("Sub-agent")
    CASE = "case", _("Court case or investigation")
    CONTROL = "control", _("Name, address or control of the company")
    MERGER = "merger", _("Merger, sale or end of the company")


class EndKind(models.TextChoices):
    """How a company ends."""

    MERGED = "merged", _("Merged into another agency")
    CLOSED = "closed", _("Closed")


class ChangeState(models.TextChoices):
    """From the change itself to what the scheme made of it."""

    ASKED = "asked", _("To be reported")
    REPORTED = "reported", _("Reported")
    NOTED = "noted", _("Noted")
    AUDIT_ORDERED = "audit_ordered", _("Special audit ordered")
    CLOSED = "closed", _("Closed")


class ListPage(models.TextChoices):
    """A list of the agency that can be brought in from a sheet; the value is its page and its relation."""

    BRANCHES = "branches", _("Branches")
    SUB_AGENTS = "sub_agents", _("Sub-agents")
    CORRIDORS = "corridors", _("Corridors")
    LICENCES = "licences", _("Licences")


class ImportState(models.TextChoices):
    """How far a sheet has come."""

    UPLOADED = "uploaded", _("Uploaded")
    DONE = "done", _("Taken in")
    DROPPED = "dropped", _("Thrown away")


def _facts(owner: Owner, agency: StrOrPromise, other: StrOrPromise, tone: Tone, icon: str) -> StateFacts:
    return StateFacts(owner=owner, agency=agency, auditor=other, public=other, tone=tone, icon=icon)


describe_states(
    LikenessState,
    {
        LikenessState.OPEN: _facts(
            Owner.SCHEME, _("To be looked at"), _("To be looked at"), "care", "alert-triangle"
        ),
        LikenessState.EXPLAINED: _facts(Owner.NOBODY, _("Explained"), _("Explained"), "past", "check"),
        LikenessState.DISMISSED: _facts(
            Owner.NOBODY, _("Chance, not a link"), _("Chance, not a link"), "past", "minus"
        ),
        LikenessState.UPHELD: _facts(
            Owner.NOBODY, _("The link is real"), _("The link is real"), "stop", "alert-octagon"
        ),
    },
)
describe_states(
    ChangeState,
    {
        ChangeState.ASKED: _facts(
            Owner.AGENCY, _("Tell us about it"), _("Asked of the agency"), "care", "pencil"
        ),
        ChangeState.REPORTED: _facts(
            Owner.SCHEME, _("Reported to the scheme"), _("Reported"), "work", "send"
        ),
        ChangeState.NOTED: _facts(Owner.NOBODY, _("Noted by the scheme"), _("Noted"), "good", "check"),
        ChangeState.AUDIT_ORDERED: _facts(
            Owner.AUDITOR,
            _("A special audit is ordered"),
            _("Special audit ordered"),
            "care",
            "clipboard-text",
        ),
        ChangeState.CLOSED: _facts(Owner.NOBODY, _("Closed"), _("Closed"), "past", "minus"),
    },
)
describe_states(
    ImportState,
    {
        ImportState.UPLOADED: _facts(Owner.AGENCY, _("Waiting for you"), _("Waiting"), "work", "upload"),
        ImportState.DONE: _facts(Owner.NOBODY, _("Taken in"), _("Taken in"), "good", "check"),
        ImportState.DROPPED: _facts(Owner.NOBODY, _("Thrown away"), _("Thrown away"), "past", "minus"),
    },
)
