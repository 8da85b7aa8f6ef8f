"""The public face: who is certified, for what, since when, and who no longer is."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "certification.register"
    label = "certification_register"
    verbose_name = _("Register")
