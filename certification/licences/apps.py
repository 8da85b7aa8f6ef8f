"""National licence registers: what states say about who may recruit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicencesConfig(AppConfig):
    name = "certification.licences"
    label = "certification_licences"
    verbose_name = _("Licence registers")
