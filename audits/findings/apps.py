from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingsConfig(AppConfig):
    name = "audits.findings"
    label = "audits_findings"

    def ready(self) -> None:
        from audits.engagements.selectors import (
            offer_marks,
            offer_open_points,
            offer_panel,
            offer_weak_points,
        )
        from audits.fieldwork.selectors import offer_disclosed, offer_finding_lines
        from audits.findings.lines import finding_lines
        from audits.findings.selectors import (
            codes_found_weak,
            codes_still_open,
            disclosed_evidence,
            last_cycle_panel,
            marks_of,
            still_open_panel,
        )
        from iris.core import context, events

        offer_marks("findings", marks_of)
        offer_finding_lines("findings", finding_lines)
        offer_weak_points("findings", codes_found_weak)
        offer_open_points("findings", codes_still_open)
        offer_panel("stage1", "findings.last_cycle", last_cycle_panel, order=15)
        offer_panel("stage1", "findings_before", still_open_panel, order=20)
        offer_panel("stage2", "findings_before", still_open_panel, order=20)
        offer_disclosed("findings", disclosed_evidence)

        events.name_acts(
            {
                "audits_findings.finding.raise": _("Finding drafted"),
                "audits_findings.finding.edit": _("Draft changed"),
                "audits_findings.finding.issue": _("Finding issued"),
                "audits_findings.finding.note": _("Noted, no answer needed"),
                "audits_findings.finding.answer": _("Agency answered with a plan"),
                "audits_findings.finding.return_answer": _("Answer sent back"),
                "audits_findings.finding.agree_action": _("Action agreed"),
                "audits_findings.finding.file_added": _("Evidence added"),
                "audits_findings.finding.send_evidence": _("Evidence sent to the auditor"),
                "audits_findings.finding.return_evidence": _("Evidence sent back"),
                "audits_findings.finding.close": _("Finding closed"),
                "audits_findings.finding.withdraw": _("Finding withdrawn"),
                "audits_findings.finding.disagree": _("Agency disagreed"),
                "audits_findings.finding.answer_disagreement": _("Auditor answered the disagreement"),
                "audits_findings.finding.regrade": _("Grade changed"),
                "audits_findings.finding.settle": _("Closed with the later finding"),
                "audits_findings.finding.carry": _("Drafted from a minor that is still open"),
                "audits_findings.finding.carried": _("Became a major at the next audit"),
                "audits_findings.finding.released": _("Goes on by itself again"),
                "audits_findings.finding.last_word": _("Agency had the last word"),
                "audits_findings.finding.contain": _("Agency said what it did at once"),
                "audits_findings.finding.containment_accepted": _("Containment accepted"),
                "audits_findings.finding.containment_returned": _("Containment sent back"),
                "audits_findings.finding.ask_extension": _("Agency asked for more time"),
                "audits_findings.finding.grant_extension": _("More time granted"),
                "audits_findings.finding.refuse_extension": _("More time refused"),
                "audits_findings.finding.take_back_extension": _("Wish for more time taken back"),
                "audits_findings.finding.open_repayment": _("Repayment case opened"),
                "audits_findings.finding.overdue": _("Overdue, both sides told"),
                "audits_findings.finding.escalated": _("Overdue, the scheme told"),
                "audits_findings.correctiveaction.agree": _("Plan agreed"),
                "audits_findings.correctiveaction.reject": _("Plan or evidence sent back"),
                "audits_findings.correctiveaction.send": _("Plan carried out, evidence sent"),
                "audits_findings.correctiveaction.verify": _("Correction verified"),
                "audits_findings.containment.accept": _("Containment accepted"),
                "audits_findings.containment.send_back": _("Containment sent back"),
                "audits_findings.extension.grant": _("More time granted"),
                "audits_findings.extension.refuse": _("More time refused"),
                "audits_findings.extension.take_back": _("Taken back"),
                "audits_findings.escalation.escalate": _("Escalated to the scheme"),
                "audits_findings.escalation.end": _("Escalation over"),
            },
            stops=(
                "audits_findings.finding.return_answer",
                "audits_findings.finding.return_evidence",
                "audits_findings.finding.containment_returned",
                "audits_findings.finding.overdue",
                "audits_findings.finding.escalated",
            ),
        )
        context.add_nav(_("Findings"), "findings:list", "flag", kinds=("audit_firm", "agency"), order=35)
