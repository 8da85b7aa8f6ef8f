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
                "audits_bodies.auditor.training_added": _("Scheme training kept"),
                "audits_bodies.auditor.declare_interests": _("Yearly declaration of interests made"),
                "audits_bodies.auditor.busy_added": _("Days kept free of audits"),
                "audits_bodies.auditor.busy_removed": _("Days free for audits again"),
                "audits_bodies.auditor.ask_override": _("Asked to let a reason through"),
                "audits_bodies.auditor.confirm_override": _("Reason let through by two people"),
                "audits_bodies.auditor.refuse_override": _("Reason not let through"),
                "certification_applications.application.ask_override": _(
                    "Asked to let a reason against an auditor through"
                ),
                "certification_applications.application.confirm_override": _(
                    "Reason against an auditor let through by two people"
                ),
                "certification_applications.application.refuse_override": _(
                    "Reason against an auditor not let through"
                ),
                "audits_bodies.auditfirm.keep_year": _("Turnover and fees of a year given"),
                "audits_bodies.threat.record": _("Threat written down"),
                "audits_bodies.threat.safeguard_with": _("Safeguard in place"),
                "audits_bodies.threat.close": _("Threat closed"),
                "audits_bodies.threat.reopen": _("Threat open again"),
            },
            stops=("audits_bodies.auditfirm.end_approval",),
        )
        context.add_nav(_("Audit firms"), "bodies:firms", "building", kinds=("scheme",), order=60)
        context.add_nav(_("Impartiality"), "bodies:threats", "scale", kinds=("scheme",), order=61)
        context.add_nav(_("Our auditors"), "bodies:ours", "users", kinds=("audit_firm",), order=61)
        context.add_nav(
            _("My declaration"),
            "bodies:my_declaration",
            "shield-check",
            kinds=("audit_firm",),
            order=62,
            roles=("lead_auditor", "auditor"),
        )
