"""Standing watches on agencies, chains and corridors, and what became of each look."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    """Puts watches into the rail, and the press that begins one on other rooms' pages."""

    name = "supplychain.watches"
    label = "supplychain_watches"
    verbose_name = _("Watches")

    def ready(self) -> None:
        """Register the rail entry, the words of the acts, the press and what the agency may know."""
        from certification.agencies.selectors import offer_panel
        from iris.core import events, feeds
        from iris.core.context import add_nav, offer_press
        from iris.core.health import offer_check
        from iris.webhooks.selectors import offer_watches
        from supplychain.chains.selectors.offers import offer_act
        from supplychain.watches.offers import press, watch_of_party, watchers_panel, watches_to_choose
        from supplychain.watches.permissions import KINDS
        from supplychain.watches.selectors import part_of_ready

        feeds.follow("watch_changes", "supplychain_watches_change")
        add_nav(_("Watches"), "watches:list", "eye", kinds=KINDS, order=35)
        offer_press("watches", press)
        offer_watches(watches_to_choose)
        offer_act("watches", watch_of_party, order=40)
        offer_check(part_of_ready)
        offer_panel("watches", watchers_panel, order=80, place="aside")
        prefix = "supplychain_watches.watch."
        events.name_acts(
            {
                f"{prefix}began": _("Watch began"),
                f"{prefix}changed": _("Watch changed"),
                f"{prefix}pause": _("Watch paused"),
                f"{prefix}resume": _("Watch went on"),
                f"{prefix}end": _("Watch ended"),
            }
        )
