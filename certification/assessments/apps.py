"""The room of the self-assessment and the recruitment-cost ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Step 2 of the way to a certificate: what an agency says of itself, with proof."""

    name = "certification.assessments"
    label = "certification_assessments"
    verbose_name = _("Self-assessments")

    def ready(self) -> None:
        """Give every act of this room words that a person can read, and the room its place in the rail."""
        from iris.core import context, events

        context.add_nav(_("Self-assessment"), "assessments:index", "checklist", kinds=("agency",), order=30)
        context.add_nav(_("Documents"), "assessments:evidence", "files", kinds=("agency",), order=65)
        context.add_nav(
            _("Self-assessments"), "assessments:index", "checklist", kinds=("scheme", "audit_firm"), order=65
        )
        context.add_nav(
            _("Job orders"), "assessments:employer_orders", "receipt", kinds=("employer",), order=55
        )
        context.add_nav(
            _("Cost calculator"),
            "assessments:calculator",
            "calculator",
            kinds=("agency", "employer"),
            order=67,
        )
        context.add_nav(_("Watched words"), "assessments:words", "vocabulary", kinds=("scheme",), order=82)
        context.add_nav(_("Expected costs"), "assessments:costs", "coins", kinds=("scheme",), order=83)
        events.name_acts(
            {
                "certification_assessments.assessment.price_answered": _("Price alarm answered"),
                "certification_assessments.assessment.employer_asked": _("Employer asked to confirm costs"),
                "certification_assessments.assessment.employer_not_asked": _(
                    "Request to the employer taken back"
                ),
                "certification_assessments.assessment.employer_confirmed": _(
                    "Costs confirmed by the employer"
                ),
                "certification_assessments.assessment.employer_disputed": _("Cost disputed by the employer"),
                "certification_assessments.labelterm.term_added": _("Word watched"),
                "certification_assessments.labelterm.term_reworded": _("Watched word reworded"),
                "certification_assessments.labelterm.term_retired": _("Word watched no longer"),
                "certification_assessments.corridorcost.cost_added": _("Expected cost added"),
                "certification_assessments.corridorcost.cost_replaced": _("Expected cost replaced"),
                "certification_assessments.corridorcost.cost_retired": _("Expected cost taken out"),
                "certification_assessments.exchangerate.rate_added": _("Exchange rate added"),
                "certification_assessments.assessment.started": _("Self-assessment started"),
                "certification_assessments.assessment.answered": _("Answer saved"),
                "certification_assessments.assessment.planned": _("Action for a gap planned"),
                "certification_assessments.assessment.asked": _("Colleague asked to answer"),
                "certification_assessments.assessment.order_saved": _("Job order saved in the cost ledger"),
                "certification_assessments.assessment.order_removed": _(
                    "Job order removed from the cost ledger"
                ),
                "certification_assessments.assessment.line_saved": _("Cost saved in the ledger"),
                "certification_assessments.assessment.line_removed": _("Cost removed from the ledger"),
                "certification_assessments.assessment.line_answered": _("Worker-borne cost answered"),
                "certification_assessments.assessment.freeze": _("Self-assessment declared and frozen"),
                "certification_assessments.assessment.supersede": _("Replaced by a newer self-assessment"),
                "certification_assessments.assessment.reopen": _("Self-assessment reopened for questions"),
                "certification_assessments.assessment.withdraw_reopening": _("Reopening taken back"),
                "certification_assessments.assessment.confirmed": _("Answers from last time confirmed"),
                "certification_assessments.assessment.delegated": _("Section given to a colleague"),
                "certification_assessments.assessment.section_taken_back": _("Section taken back"),
                "certification_assessments.assessment.dismissed": _("Warning put aside, with a reason"),
                "certification_assessments.assessment.downloaded": _("Workbook downloaded"),
                "certification_assessments.assessment.workbook_applied": _("Answers taken from a workbook"),
                "certification_assessments.assessment.moved_to_edition": _("Moved to a newer edition"),
                "certification_assessments.assessment.shared": _("Reading given to an audit firm"),
                "certification_assessments.evidence.added": _("Document added"),
                "certification_assessments.evidence.version_added": _("Newer version of a document added"),
                "certification_assessments.evidence.changed": _("Details of a document changed"),
            }
        )
