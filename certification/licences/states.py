"""What a state's register can say of a licence, and how a list of it was had. Nothing here is a certificate."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class LicenceStatus(models.TextChoices):
    """The word of a register, normalised. Raw word and language are kept beside it."""

    ACTIVE = "active", _("Licensed")
    CONDITIONAL = "conditional", _("Licensed with conditions")
    PENDING = "pending", _("Asked for, not decided")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    NOT_FOUND = "not_found", _("Not on the register")
    UNKNOWN = "unknown", _("Unknown")


class Outcome(models.TextChoices):
    """Whether a list could be read."""

    READ = "read", _("Read")
    FAILED = "failed", _("Could not be had or read")


class Obtained(models.TextChoices):
    """How a list comes here."""

    UPLOAD = "upload", _("Uploaded by the scheme")
    OPEN_DATA = "open_data", _("Fetched, open data")


class Freshness(models.TextChoices):
    """What the lists of one register are worth today."""

    FRESH = "fresh", _("Fresh")
    STALE = "stale", _("Stale")
    DOWN = "down", _("Source down")
    NEVER = "never", _("Never read")


# How bad a word is: a higher number is worse. A word of the same number is another word, not a worse one.
BADNESS = {
    LicenceStatus.ACTIVE: 0,
    LicenceStatus.CONDITIONAL: 1,
    LicenceStatus.PENDING: 2,
    LicenceStatus.UNKNOWN: 3,
    LicenceStatus.EXPIRED: 4,
    LicenceStatus.NOT_FOUND: 4,
    LicenceStatus.SUSPENDED: 5,
    LicenceStatus.REVOKED: 6,
}
KNOWN_WORDS = (
    LicenceStatus.ACTIVE,
    LicenceStatus.CONDITIONAL,
    LicenceStatus.PENDING,
    LicenceStatus.EXPIRED,
    LicenceStatus.SUSPENDED,
    LicenceStatus.REVOKED,
)


def _facts(label: object, tone: str, icon: str = "") -> StateFacts:
    return StateFacts(Owner.NOBODY, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy words, known tones


describe_states(
    LicenceStatus,
    {
        LicenceStatus.ACTIVE: _facts(LicenceStatus.ACTIVE.label, "good"),
        LicenceStatus.CONDITIONAL: _facts(LicenceStatus.CONDITIONAL.label, "care"),
        LicenceStatus.PENDING: _facts(LicenceStatus.PENDING.label, "work", "clock"),
        LicenceStatus.EXPIRED: _facts(LicenceStatus.EXPIRED.label, "stop", "clock"),
        LicenceStatus.SUSPENDED: _facts(LicenceStatus.SUSPENDED.label, "stop"),
        LicenceStatus.REVOKED: _facts(LicenceStatus.REVOKED.label, "stop"),
        LicenceStatus.NOT_FOUND: _facts(LicenceStatus.NOT_FOUND.label, "care"),
        LicenceStatus.UNKNOWN: _facts(LicenceStatus.UNKNOWN.label, "unsure"),
    },
)
describe_states(
    Freshness,
    {
        Freshness.FRESH: _facts(Freshness.FRESH.label, "good"),
        Freshness.STALE: _facts(Freshness.STALE.label, "unsure", "clock"),
        Freshness.DOWN: _facts(Freshness.DOWN.label, "unsure"),
        Freshness.NEVER: _facts(Freshness.NEVER.label, "unsure"),
    },
)
describe_states(
    Outcome,
    {
        Outcome.READ: _facts(Outcome.READ.label, "good"),
        Outcome.FAILED: _facts(Outcome.FAILED.label, "stop"),
    },
)
