"""Capacity building: levels, courses, results. A level is never certification."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "certification.training"
    label = "certification_training"
    verbose_name = _("Training")
