"""Tables matched against the register from the tools people keep them in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    name = "supplychain.reconciliation"
    label = "supplychain_reconciliation"
    verbose_name = _("Reconciliation")
