"""Composition: each person's dashboard, the one search box, the landing page, the API's guide."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesksConfig(AppConfig):
    """Puts "what now" first in everybody's rail."""

    name = "iris.desks"
    label = "iris_desks"
    verbose_name = _("Desks")

    def ready(self) -> None:
        """Register the rail entry."""
        from iris.accounts.states import OrganisationKind
        from iris.core.context import add_nav

        kinds = tuple(str(kind) for kind in OrganisationKind)
        add_nav(_("Today"), "desks:today", "home", kinds=kinds, order=1)
