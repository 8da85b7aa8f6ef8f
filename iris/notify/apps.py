"""Registers the room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    """Notices."""

    name = "iris.notify"
    label = "iris_notify"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Show the number of unread notices in every page's frame."""
        from iris.core.context import add_frame
        from iris.notify.frame import unread

        add_frame(unread)
