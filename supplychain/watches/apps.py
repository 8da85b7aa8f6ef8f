"""Looking again by itself: what changed, what did not, and whether the looking works."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    """Looking again by itself: what changed, what did not, and whether the looking works."""

    name = "supplychain.watches"
    label = "supplychain_watches"
    verbose_name = _("Watches")
