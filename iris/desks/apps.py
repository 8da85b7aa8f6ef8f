"""Composition: each person's dashboard, the one search box, the landing page, the root of the API."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesksConfig(AppConfig):
    """Puts "what now" first in everybody's rail."""

    name = "iris.desks"
    label = "iris_desks"
    verbose_name = _("Desks")

    def ready(self) -> None:
        """Register the rail entries, and the way from a case to its trace."""
        from audits.bodies.selectors import offer_panel as offer_auditor_panel
        from audits.engagements.selectors import offer_panel as offer_audit_panel
        from audits.reports.selectors import offer_chapter
        from certification.applications.selectors import offer_panel
        from iris.accounts.states import OrganisationKind
        from iris.core.context import add_nav
        from iris.desks.selectors import trace_chapter, trace_panel
        from iris.desks.selectors.likeness import likeness_panel
        from iris.desks.selectors.signals import auditor_panel

        kinds = tuple(str(kind) for kind in OrganisationKind)
        add_nav(_("Today"), "desks:today", "home", kinds=kinds, order=1)
        desk_roles = ("scheme_manager", "screener")
        add_nav(_("Scheme desk"), "desks:scheme", "gauge", kinds=("scheme",), order=2, roles=desk_roles)
        offer_chapter("desks.trace", trace_chapter)
        offer_panel("desks.trace", trace_panel, order=90, place="aside")
        offer_audit_panel("stage1", "desks.likeness", likeness_panel, order=18)
        offer_auditor_panel("desks.findings", auditor_panel, order=50)
