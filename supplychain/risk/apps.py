"""Corridors, sectors and parties: scores that show their inputs, weights and reasons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskConfig(AppConfig):
    """Corridors, sectors and parties: scores that show their inputs, weights and reasons."""

    name = "supplychain.risk"
    label = "supplychain_risk"
    verbose_name = _("Risk")
