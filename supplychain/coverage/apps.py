"""How much of an employer's hiring goes through certified agencies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    """How much of an employer's hiring goes through certified agencies."""

    name = "supplychain.coverage"
    label = "supplychain_coverage"
    verbose_name = _("Coverage")
