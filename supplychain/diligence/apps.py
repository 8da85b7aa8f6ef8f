"""What an employer decides, asks for and answers about recruiters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiligenceConfig(AppConfig):
    """What an employer decides, asks for and answers about recruiters."""

    name = "supplychain.diligence"
    label = "supplychain_diligence"
    verbose_name = _("Due diligence")
