"""The register for everybody: daily files, and a log of its events that nobody can rewrite unseen."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    name = "certification.opendata"
    label = "certification_opendata"
    verbose_name = _("Open data")
