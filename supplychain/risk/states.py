"""Bands and inputs of a risk score, in words that ask and never judge."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class Band(models.TextChoices):
    """How much there is to ask about. A band is not a verdict: it orders the questions, and none of them is green."""

    LOW = "low", _("Few points to ask about")
    MEDIUM = "medium", _("Some points to ask about")
    HIGH = "high", _("Many points to ask about")


class Input(models.TextChoices):
    """What a recruiter's score is made of."""

    CERTIFICATE = "certificate", _("Certificate")
    SCOPE = "scope", _("Scope of the certificate")
    LICENCE = "licence", _("Licence")
    CRITICAL = "critical", _("Open critical finding")
    FEES = "fees", _("What workers pay")
    SUB_AGENTS = "sub_agents", _("Sub-agents")
    HOPS = "hops", _("Intermediaries before the workers")
    TIES = "ties", _("Shared with a withdrawn agency")
    CLAIM = "claim", _("How the link is known")
    CHECKED = "checked", _("Last check")
    CORRIDOR = "corridor", _("Corridor")
    SECTOR = "sector", _("Sector")


class CorridorInput(models.TextChoices):
    """What a corridor's base risk is made of."""

    FEES_ORIGIN = "worker_fees_origin", _("Law on fees from workers, where they come from")
    FEES_DESTINATION = "worker_fees_destination", _("Law on fees from workers, where they work")
    COST_MONTHS = "cost_months", _("What workers have been found to pay")
    C181_ORIGIN = "c181_origin", _("ILO C181 (private agencies), origin")
    C181_DESTINATION = "c181_destination", _("ILO C181 (private agencies), destination")
    P29_ORIGIN = "p29_origin", _("ILO P29 (forced labour), origin")
    P29_DESTINATION = "p29_destination", _("ILO P29 (forced labour), destination")
    PERMIT = "permit_destination", _("Whether a worker may leave the employer")


class SectorInput(models.TextChoices):
    """What a sector's base risk is made of."""

    ESTIMATES = "estimates", _("Named in the global estimates of forced labour")
    GOODS = "goods", _("Goods on a government's list of forced labour")
    ISOLATION = "isolation", _("Work out of sight")
    OWN_RULES = "own_rules", _("Often outside general labour law")


def _facts(label: object, tone: str, icon: str) -> StateFacts:
    return StateFacts(Owner.NOBODY, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy words, known tones


describe_states(
    Band,
    {
        Band.LOW: _facts(Band.LOW.label, "past", "help-circle"),
        Band.MEDIUM: _facts(Band.MEDIUM.label, "care", "help-circle"),
        Band.HIGH: _facts(Band.HIGH.label, "stop", "alert-triangle"),
    },
)
