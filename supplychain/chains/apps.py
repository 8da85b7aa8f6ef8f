"""Parties and links of an employer's labour supply chain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChainsConfig(AppConfig):
    """Puts the chain into the employer's rail."""

    name = "supplychain.chains"
    label = "supplychain_chains"
    verbose_name = _("Labour supply chains")

    def ready(self) -> None:
        """Register the rail entry and the words of the acts."""
        from iris.core import events, outbox
        from iris.core.context import add_nav

        add_nav(_("Supply chain"), "chains:chain", "sitemap", kinds=("employer",), order=30)
        outbox.expect("watches.chain_changed")
        prefix = "supplychain_chains."
        events.name_acts(
            {
                f"{prefix}party.added": _("Party added to the chain"),
                f"{prefix}link.added": _("Link added to the chain"),
            }
        )
