"""Certificates as credentials that any machine can verify, their status lists, and the page that verifies them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "certification.credentials"
    label = "certification_credentials"
    verbose_name = _("Credentials")
