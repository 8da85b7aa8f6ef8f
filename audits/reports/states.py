"""Words of the report: what the agency says to the draft, what the auditors recommend."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.engagements.states import AuditKind


class AgencyAnswer(models.TextChoices):
    """What the agency says to the draft report."""

    AGREED = "agreed", _("The facts are right")
    DISPUTED = "disputed", _("A finding is disputed")


class Outcome(models.TextChoices):
    """What the auditors recommend to the scheme."""

    GRANT = "grant", _("Grant the certificate")
    REFUSE = "refuse", _("Do not grant the certificate")
    KEEP = "keep", _("Keep the certificate")
    REDUCE = "reduce", _("Reduce what the certificate covers")
    SUSPEND = "suspend", _("Suspend the certificate")
    WITHDRAW = "withdraw", _("Withdraw the certificate")
    CLOSED = "closed", _("The open findings are closed")
    STILL_OPEN = "still_open", _("Findings stay open")


_FOR_CASE = (Outcome.GRANT, Outcome.REFUSE)
_FOR_ORDER = (Outcome.KEEP, Outcome.REDUCE, Outcome.SUSPEND, Outcome.WITHDRAW)
OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    AuditKind.INITIAL: _FOR_CASE,
    AuditKind.RECERTIFICATION: _FOR_CASE,
    AuditKind.SURVEILLANCE: _FOR_ORDER,
    AuditKind.SPECIAL: _FOR_ORDER,
    AuditKind.CLOSURE: (Outcome.CLOSED, Outcome.STILL_OPEN),
}


class VersionKind(models.TextChoices):
    """Why a version of a report went out."""

    DRAFT = "draft", _("Draft, for the agency to check the facts")
    REVISED = "revised", _("Draft again, after a dispute")
    FINAL = "final", _("Final report")
    CORRECTED = "corrected", _("Corrected after it was final")


FINAL_KINDS = (VersionKind.FINAL, VersionKind.CORRECTED)
