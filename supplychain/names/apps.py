"""The register's names as an index: shared, fresh, and never asked for a status."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NamesConfig(AppConfig):
    """The register's names as an index: shared, fresh, and never asked for a status."""

    name = "supplychain.names"
    label = "supplychain_names"
    verbose_name = _("Names")
