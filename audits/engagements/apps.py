from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "audits.engagements"
    label = "audits_engagements"

    def ready(self) -> None:
        from audits.bodies import selectors as bodies
        from audits.engagements import selectors
        from audits.engagements.selectors import independence
        from certification.certificates.selectors import offer_order_link
        from iris.core import context, events

        bodies.offer_busy("audits", independence.busy_days)
        bodies.offer_led("audits", independence.led_audits)
        bodies.offer_reasons("objections", selectors.upheld_reasons)
        bodies.offer_panel("quality", selectors.quality_panel, order=40)
        selectors.offer_panel("audit", "objections", selectors.objection_panel, order=10)
        selectors.offer_panel("audit", "overrides", selectors.override_panel, order=80)
        offer_order_link("audits", selectors.order_link)

        events.name_acts(
            {
                "audits_engagements.audit.propose": _("Lead auditor proposed"),
                "audits_engagements.audit.offer": _("Audit offered to the firm"),
                "audits_engagements.audit.decline": _("Audit declined"),
                "audits_engagements.audit.accept": _("Audit accepted, no conflict declared"),
                "audits_engagements.audit.declare_no_conflict": _("Auditor declared no conflict"),
                "audits_engagements.audit.plan": _("Audit planned"),
                "audits_engagements.audit.start_stage1": _("Stage 1 started"),
                "audits_engagements.audit.note_prior": _("Something heard from outside was noted"),
                "audits_engagements.audit.order_was_settled": _("The order was settled by hand before"),
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
                "audits_engagements.audit.objected": _("Agency objected to an auditor"),
                "audits_engagements.audit.objection_upheld": _("Objection upheld"),
                "audits_engagements.audit.objection_dismissed": _("Objection dismissed"),
                "audits_engagements.audit.objection_withdrawn": _("Objection taken back"),
                "audits_engagements.audit.change_lead": _("Another lead auditor named"),
                "audits_engagements.audit.override": _("Offered with a reason let through"),
                "audits_engagements.objection.make": _("Agency objected to an auditor"),
                "audits_engagements.objection.uphold": _("Objection upheld"),
                "audits_engagements.objection.dismiss": _("Objection dismissed"),
                "audits_engagements.objection.withdraw": _("Objection taken back"),
                "audits_bodies.auditor.witness_planned": _("Witness audit planned"),
                "audits_bodies.auditor.witness_held": _("Witness audit held"),
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
