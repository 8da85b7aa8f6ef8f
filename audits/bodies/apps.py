from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "audits.bodies"
    label = "audits_bodies"

    def ready(self) -> None:
        from iris.core import context, events

        events.name_acts(
            {
                "audits_bodies.auditfirm.approve": _("Audit firm approved"),
                "audits_bodies.auditfirm.end_approval": _("Approval of the firm ended"),
                "audits_bodies.auditor.approve": _("Auditor approved"),
                "audits_bodies.auditor.change": _("Approval of the auditor changed"),
                "audits_bodies.auditor.tie_added": _("Tie with an agency written down"),
            },
            stops=("audits_bodies.auditfirm.end_approval",),
        )
        context.add_nav(_("Audit firms"), "bodies:firms", "building", kinds=("scheme",), order=60)
