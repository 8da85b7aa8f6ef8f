"""Tables matched against the register from the tools people keep them in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    """Puts the service's page into the rail of everyone who keeps tables of agencies."""

    name = "supplychain.reconciliation"
    label = "supplychain_reconciliation"
    verbose_name = _("Reconciliation")

    def ready(self) -> None:
        """Register the rail entry."""
        from iris.core.context import add_nav
        from supplychain.reconciliation.permissions import KINDS

        add_nav(_("OpenRefine"), "reconciliation:page", "table", kinds=KINDS, order=26)
