"""The life of a dossier, who may read which copy, and how long what is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class DossierState(models.TextChoices):
    """Where a dossier stands."""

    DRAFT = "draft", _("Draft")
    MAKING = "making", _("Being made")
    MADE = "made", _("Made")


class Scope(models.TextChoices):
    """Which part of the supply chain."""

    WHOLE = "whole", _("The whole supply chain")
    CHOSEN = "chosen", _("Chosen suppliers and what stands below them")


class Profile(models.TextChoices):
    """For whom a copy is, from all to least."""

    FULL = "full", _("Full, for your own archive")
    AUTHORITY = "authority", _("For an authority")
    CUSTOMER = "customer", _("For a customer")
    PUBLIC = "public", _("Public")


class RecordClass(models.TextChoices):
    """What is kept and deleted together (R76)."""

    RECEIPTS = "receipts", _("Checks and their receipts")
    SCREENINGS = "screenings", _("Screenings with their rows")
    DECISIONS = "decisions", _("Decisions with their conditions")
    REQUESTS = "requests", _("Requests for information")
    DOSSIERS = "dossiers", _("Dossiers")


PROFILES = tuple(Profile.values)


def _facts(owner: Owner, label: object, tone: Tone, icon: str) -> StateFacts:
    return StateFacts(owner, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy text


describe_states(
    DossierState,
    {
        DossierState.DRAFT: _facts(Owner.EMPLOYER, _("Draft"), "work", "pencil"),
        DossierState.MAKING: _facts(Owner.NOBODY, _("Being made"), "work", "loader-2"),
        DossierState.MADE: _facts(Owner.NOBODY, _("Made"), "good", "circle-check"),
    },
)
