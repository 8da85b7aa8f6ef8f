"""The register's names as an index: shared, fresh, and never asked for a status."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NamesConfig(AppConfig):
    """The register's names as an index: shared, fresh, and never asked for a status."""

    name = "supplychain.names"
    label = "supplychain_names"
    verbose_name = _("Names")

    def ready(self) -> None:
        """Register the words of the acts."""
        from iris.core import events

        events.name_acts(
            {
                "supplychain_names.matchdecision.decided": _("Decided about a name alike"),
                "supplychain_names.matchdecision.forgotten": _("Took a decision about a name back"),
            }
        )
