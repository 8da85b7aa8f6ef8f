"""What a law asks for, what is held, what is missing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """What a law asks for, what is held, what is missing."""

    name = "supplychain.dossiers"
    label = "supplychain_dossiers"
    verbose_name = _("Dossiers")
