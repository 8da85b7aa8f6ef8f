"""Made an application so that `manage.py match` is found; it has no tables."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Matching of names."""

    name = "iris.matching"
    label = "iris_matching"
    verbose_name = "Matching"
