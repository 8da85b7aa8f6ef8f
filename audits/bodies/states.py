"""Kinds of tie between an auditor and an agency."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TieKind(models.TextChoices):
    """Why an auditor may not be independent of an agency."""

    CONSULTED = "consulted", _("Consulted for the agency")
    TRAINED = "trained", _("Trained the agency")
    EMPLOYED = "employed", _("Worked for the agency")
    FAMILY = "family", _("Family or other close tie")
