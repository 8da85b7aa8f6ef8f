"""Which files `collectstatic` leaves out."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class Static(StaticFilesConfig):
    """Of Tabler only the small core sheet: the others point at pictures that are not served."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "tabler-*", "tabler.css*", "tabler.rtl.css*"]
