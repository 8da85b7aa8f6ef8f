"""Registers the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Webhooks."""

    name = "iris.webhooks"
    label = "iris_webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Name the acts, and say when messages wait for nobody."""
        from iris.core import events, health
        from iris.core.context import add_nav, offer_press
        from iris.webhooks.offers import press
        from iris.webhooks.selectors import part_of_ready

        health.offer_check(part_of_ready)
        offer_press("webhooks", press)
        add_nav(_("Webhooks"), "webhooks:list", "webhook", kinds=("developer",), order=30)
        prefix = "iris_webhooks.endpoint."
        events.name_acts(
            {
                f"{prefix}added": _("Webhook added"),
                f"{prefix}changed": _("Webhook changed"),
                f"{prefix}secret_changed": _("Webhook secret replaced"),
                f"{prefix}pause": _("Webhook switched off"),
                f"{prefix}resume": _("Webhook switched on"),
                f"{prefix}give_up": _("Webhook switched off after failing for days"),
                f"{prefix}remove": _("Webhook removed"),
            },
            stops=(f"{prefix}give_up",),
        )
