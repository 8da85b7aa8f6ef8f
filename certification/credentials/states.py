"""What a key, a credential and an answer can be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text
from iris.core.states import Owner, StateFacts, Tone, describe_states


class KeyUse(models.TextChoices):
    """What a key of the scheme signs."""

    CREDENTIAL = "credential", _("Credentials, status lists and manifests")
    DOCUMENT = "document", _("PDF documents")


class Algorithm(models.TextChoices):
    """How a key signs: the names of JOSE that every library knows."""

    EDDSA = "EdDSA", "EdDSA (Ed25519)"
    ES256 = "ES256", "ES256 (P-256)"


class CredentialKind(models.TextChoices):
    """What a credential says."""

    CONFORMITY = "conformity", _("Certificate of an agency")
    IDENTITY = "identity", _("Recognition of an audit firm")


class Purpose(models.TextChoices):
    """What a bit of a status list means."""

    REVOCATION = "revocation", _("Revocation")
    SUSPENSION = "suspension", _("Suspension")


class EndReason(models.TextChoices):
    """Why a credential was revoked. None comes back."""

    SUPERSEDED = "superseded", _("A later revision took its place")
    WITHDRAWN = "withdrawn", _("The certificate was withdrawn")
    GIVEN_UP = "given_up", _("The agency gave its certificate up")
    EXPIRED = "expired", _("The certificate expired")
    RECOGNITION_ENDED = "recognition_ended", _("The scheme no longer recognises the firm")
    REISSUED = "reissued", _("It was issued anew with other particulars")


class Verdict(models.TextChoices):
    """What the verify page answers, the heaviest first. The codes are an interface: added to, never changed."""

    VALID = "valid", _("Valid")
    UNREADABLE = "unreadable", _("Cannot be read")
    NOT_FOUND = "not_found", _("No such certificate")
    UNKNOWN_ISSUER = "unknown_issuer", _("Not issued by this scheme")
    ALTERED = "altered", _("Altered")
    SUPERSEDED = "superseded", _("Replaced by a later revision")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    STATUS_UNAVAILABLE = "status_unavailable", _("Status cannot be read now")
    NOT_YET_VALID = "not_yet_valid", _("Not valid yet")
    ANOTHER_ENTITY = "another_entity", _("Another agency")
    ANOTHER_CORRIDOR = "another_corridor", _("Another corridor")


def _facts(verdict: Verdict, tone: Tone, icon: str) -> StateFacts:
    word = verdict.label
    return StateFacts(owner=Owner.NOBODY, agency=word, auditor=word, public=word, tone=tone, icon=icon)


describe_states(
    Verdict,
    {
        Verdict.VALID: _facts(Verdict.VALID, "good", "circle-check"),
        Verdict.UNREADABLE: _facts(Verdict.UNREADABLE, "unsure", "help-circle"),
        Verdict.NOT_FOUND: _facts(Verdict.NOT_FOUND, "stop", "circle-x"),
        Verdict.UNKNOWN_ISSUER: _facts(Verdict.UNKNOWN_ISSUER, "stop", "circle-x"),
        Verdict.ALTERED: _facts(Verdict.ALTERED, "stop", "alert-triangle"),
        Verdict.STATUS_UNAVAILABLE: _facts(Verdict.STATUS_UNAVAILABLE, "unsure", "clock"),
        Verdict.SUPERSEDED: _facts(Verdict.SUPERSEDED, "stop", "replace"),
        Verdict.WITHDRAWN: _facts(Verdict.WITHDRAWN, "stop", "circle-x"),
        Verdict.SUSPENDED: _facts(Verdict.SUSPENDED, "stop", "ban"),
        Verdict.EXPIRED: _facts(Verdict.EXPIRED, "past", "clock"),
        Verdict.NOT_YET_VALID: _facts(Verdict.NOT_YET_VALID, "unsure", "clock"),
        Verdict.ANOTHER_ENTITY: _facts(Verdict.ANOTHER_ENTITY, "stop", "alert-triangle"),
        Verdict.ANOTHER_CORRIDOR: _facts(Verdict.ANOTHER_CORRIDOR, "stop", "alert-triangle"),
    },
)

# The words of our own in a credential, for readers of its JSON-LD context.
TERMS: dict[str, Text] = {
    "auditor": _("The audit firm that audited the agency for the scheme."),
    "scope": _("What the certificate covers. Nothing else is certified."),
    "corridors": _("From which country to which country the agency may be relied on to recruit."),
    "origin": _("The country workers come from (ISO 3166-1 alpha-2)."),
    "destination": _("The country of the job (ISO 3166-1 alpha-2)."),
    "sectors": _("The kinds of work it covers, by the codes of the register."),
    "sites": _("The head office and the branches it covers."),
    "country": _("Where the agency has its seat (ISO 3166-1 alpha-2)."),
    "otherNames": _("Trading, local and former names of the agency."),
}
