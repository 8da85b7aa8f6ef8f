"""Corridors, sectors and parties: scores that show their inputs, weights and reasons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskConfig(AppConfig):
    """Names the acts on weights."""

    name = "supplychain.risk"
    label = "supplychain_risk"
    verbose_name = _("Risk")

    def ready(self) -> None:
        """Register the words of the acts."""
        from iris.core import events

        prefix = "supplychain_risk.weightset."
        events.name_acts(
            {f"{prefix}changed": _("Weights of risk changed"), f"{prefix}reset": _("Weights of risk reset")}
        )
