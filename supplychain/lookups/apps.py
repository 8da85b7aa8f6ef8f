"""One check of one agency, and its receipt."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookupsConfig(AppConfig):
    """Puts the check into the rail of everyone who checks agencies."""

    name = "supplychain.lookups"
    label = "supplychain_lookups"
    verbose_name = _("Checks")

    def ready(self) -> None:
        """Register the rail entry and the words of the act."""
        from iris.core import events
        from iris.core.context import add_nav
        from supplychain.lookups.permissions import KINDS

        add_nav(_("Check an agency"), "lookups:check", "search", kinds=KINDS, order=10)
        events.name_acts({"supplychain_lookups.lookup.looked_up": _("Agency checked")})
