from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "audits.engagements"
    label = "audits_engagements"

    def ready(self) -> None:
        from audits.bodies.selectors import offer_busy, offer_led
        from audits.engagements.selectors import independence, order_link
        from certification.certificates.selectors import offer_order_link
        from iris.core import context, events

        offer_busy("audits", independence.busy_days)
        offer_led("audits", independence.led_audits)
        offer_order_link("audits", order_link)

        events.name_acts(
            {
                "audits_engagements.audit.propose": _("Lead auditor proposed"),
                "audits_engagements.audit.offer": _("Audit offered to the firm"),
                "audits_engagements.audit.decline": _("Audit declined"),
                "audits_engagements.audit.accept": _("Audit accepted, no conflict declared"),
                "audits_engagements.audit.declare_no_conflict": _("Auditor declared no conflict"),
                "audits_engagements.audit.plan": _("Plan sent to the agency"),
                "audits_engagements.audit.start_stage1": _("Stage 1 started"),
                "audits_engagements.audit.rate": _("Indicators rated"),
                "audits_engagements.audit.close_stage1": _("Stage 1 closed"),
                "audits_engagements.audit.reopen_stage1": _("Stage 1 taken up again"),
                "audits_engagements.audit.start_stage2": _("Stage 2 started"),
                "audits_engagements.audit.count_interviews": _("Interviews counted"),
                "audits_engagements.audit.send_draft": _("Draft report sent to the agency"),
                "audits_engagements.audit.dispute": _("Agency disputed a finding"),
                "audits_engagements.audit.revise_draft": _("Dispute answered, draft sent again"),
                "audits_engagements.audit.agree_draft": _("Agency agreed with the facts"),
                "audits_engagements.audit.report": _("Final report and recommendation sent"),
                "audits_engagements.audit.cancel": _("Audit cancelled"),
            },
            stops=("audits_engagements.audit.decline", "audits_engagements.audit.cancel"),
        )
        context.add_nav(
            _("Audits"),
            "engagements:list",
            "clipboard-check",
            kinds=("audit_firm", "scheme", "agency"),
            order=30,
        )
