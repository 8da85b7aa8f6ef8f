"""States of one revision of a certificate, and the standing of an agency that is derived from them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text
from iris.core.states import Owner, StateFacts, Tone, describe_states


class CertificateState(models.TextChoices):
    """One revision of a certificate. That its dates are over is read from the dates first; the sweep follows."""

    ACTIVE = "active", _("Certified")
    CONDITIONAL = "conditional", _("Certified with conditions")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RELINQUISHED = "relinquished", _("Given up")
    SUPERSEDED = "superseded", _("Replaced by a later revision")


IN_FORCE = (CertificateState.ACTIVE, CertificateState.CONDITIONAL)
RUNNING = (*IN_FORCE, CertificateState.SUSPENDED)
ENDED = (
    CertificateState.EXPIRED,
    CertificateState.WITHDRAWN,
    CertificateState.RELINQUISHED,
    CertificateState.SUPERSEDED,
)
# States that somebody outside must be told the why of: a reason, its words for the public, the full reason inside.
EXPLAINED = (CertificateState.SUSPENDED, CertificateState.WITHDRAWN)


class ReasonCode(models.TextChoices):
    """Why a certificate is not what it was; published with its date."""

    LICENCE_LOST = "licence_lost", _("A licence that the certificate rests on was lost")
    CRITICAL_FINDING = "critical_finding", _("A critical finding is open")
    CONDITIONS_UNMET = "conditions_unmet", _("A condition of the certificate was not met in time")
    SURVEILLANCE_MISSED = "surveillance_missed", _("A surveillance audit was missed or refused")
    COMPLAINT = "complaint", _("A complaint was upheld")
    SUSPENDED_TOO_LONG = "suspended_too_long", _("The reason of the suspension was not put right in time")
    MISLEADING_USE = "misleading_use", _("The certificate was used in a misleading way")
    ASKED_BY_AGENCY = "asked_by_agency", _("The agency asked for it")
    OTHER = "other", _("Another reason, told in the note")


class Rule(models.TextChoices):
    """A rule of the scheme that acts by its date, with no person: the only way past the four eyes (ADR 0025)."""

    SURVEILLANCE_MISSED = "surveillance_missed", _("A surveillance audit was not held by its last day")
    LICENCE_LOST = "licence_lost", _("A licence was lost and nobody decided otherwise in time")
    CONDITIONS_UNMET = "conditions_unmet", _("A condition was not met and nobody decided otherwise in time")
    SUSPENDED_TOO_LONG = "suspended_too_long", _("The longest time of a suspension is over")


class Proposed(models.TextChoices):
    """What a scheme manager may propose about a certificate; somebody else decides. Values are subject labels."""

    SUSPEND = "certificate.suspend", _("Suspend the certificate")
    WITHDRAW = "certificate.withdraw", _("Withdraw the certificate")
    REINSTATE = "certificate.reinstate", _("Reinstate the certificate")
    REDUCE = "certificate.reduce", _("Reduce the scope of the certificate")
    KEEP = "certificate.keep", _("Keep the certificate although a licence was lost")


class Outcome(models.TextChoices):
    """What a decider answers to an application."""

    GRANT = "grant", _("Grant the certificate")
    GRANT_WITH_CONDITIONS = "grant_with_conditions", _("Grant it with conditions")
    REFUSE = "refuse", _("Refuse the certificate")


GRANTS = (Outcome.GRANT, Outcome.GRANT_WITH_CONDITIONS)
# The same, once it is taken.
OUTCOME_WORDS: dict[str, Text] = {
    Outcome.GRANT: _("Granted"),
    Outcome.GRANT_WITH_CONDITIONS: _("Granted with conditions"),
    Outcome.REFUSE: _("Refused"),
}


class ScopeChange(models.TextChoices):
    """What a revision changed of the one before it."""

    FIRST = "", _("First issue")
    RENEWED = "renewed", _("Renewed after a new audit")
    REDUCED = "reduced", _("Scope reduced")
    CORRECTED = "corrected", _("Particulars corrected")
    RESTORED = "restored", _("Restored after an appeal")


class Standing(models.TextChoices):
    """What an agency is today, in the eyes of the public. Derived from certificates and applications, never stored."""

    CERTIFIED = "certified", _("Certified")
    CERTIFIED_WITH_CONDITIONS = "certified_with_conditions", _("Certified with conditions")
    REDUCED_SCOPE = "reduced_scope", _("Certified, scope reduced")
    NOT_YET_VALID = "not_yet_valid", _("Certificate not valid yet")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LEFT = "left", _("Gave its certificate up")
    SUPERSEDED = "superseded", _("Replaced by a later revision")
    APPLICANT = "applicant", _("Applicant, not certified")
    ENROLLED = "enrolled", _("Not certified")


VALID_STANDINGS = (Standing.CERTIFIED, Standing.CERTIFIED_WITH_CONDITIONS, Standing.REDUCED_SCOPE)

describe_states(
    CertificateState,
    {
        CertificateState.ACTIVE: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Certified"),
            auditor=_("Certified"),
            public=_("Certified"),
            tone="good",
            icon="circle-check",
        ),
        CertificateState.CONDITIONAL: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Certified, conditions to meet"),
            auditor=_("Certified with conditions"),
            public=_("Certified with conditions"),
            tone="care",
            icon="alert-circle",
        ),
        CertificateState.SUSPENDED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Suspended"),
            auditor=_("Suspended"),
            public=_("Suspended"),
            tone="stop",
            icon="ban",
        ),
        CertificateState.EXPIRED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Expired"),
            auditor=_("Expired"),
            public=_("Expired"),
            tone="past",
            icon="clock",
        ),
        CertificateState.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Withdrawn"),
            auditor=_("Withdrawn"),
            public=_("Withdrawn"),
            tone="stop",
            icon="circle-x",
        ),
        CertificateState.RELINQUISHED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Given up"),
            auditor=_("Given up by the agency"),
            public=_("Given up by the agency"),
            tone="past",
            icon="door-exit",
        ),
        CertificateState.SUPERSEDED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Replaced by a later revision"),
            auditor=_("Replaced by a later revision"),
            public=_("Replaced by a later revision"),
            tone="past",
            icon="replace",
        ),
    },
)


def _standing(word: Text, tone: Tone, icon: str) -> StateFacts:
    return StateFacts(owner=Owner.NOBODY, agency=word, auditor=word, public=word, tone=tone, icon=icon)


describe_states(
    Standing,
    {
        Standing.CERTIFIED: _standing(_("Certified"), "good", "circle-check"),
        Standing.CERTIFIED_WITH_CONDITIONS: _standing(_("Certified with conditions"), "care", "alert-circle"),
        Standing.REDUCED_SCOPE: _standing(_("Certified, scope reduced"), "care", "circle-minus"),
        Standing.NOT_YET_VALID: _standing(_("Not valid yet"), "unsure", "clock"),
        Standing.SUSPENDED: _standing(_("Suspended"), "stop", "ban"),
        Standing.EXPIRED: _standing(_("Expired"), "past", "clock"),
        Standing.WITHDRAWN: _standing(_("Withdrawn"), "stop", "circle-x"),
        Standing.LEFT: _standing(_("Gave its certificate up"), "past", "door-exit"),
        Standing.SUPERSEDED: _standing(_("Replaced by a later revision"), "past", "replace"),
        Standing.APPLICANT: _standing(_("Applicant, not certified"), "work", "hourglass"),
        Standing.ENROLLED: _standing(_("Not certified"), "past", "minus"),
    },
)
