from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "audits.reports"
    label = "audits_reports"

    def ready(self) -> None:
        from audits.reports import selectors
        from certification.applications.selectors import offer_move, offer_panel, offer_progress, offer_taken
        from iris.core import events

        events.name_acts(
            {
                "certification_applications.application.export_asked": _("Export of the case asked for"),
                "certification_applications.application.export_made": _("Export of the case made"),
                "audits_engagements.audit.correct_report": _("Final report corrected"),
            }
        )
        offer_panel("audits", selectors.case_panel, order=20)
        offer_panel("reports.export", selectors.export_panel, order=95, place="aside")
        offer_move("accepted", selectors.case_move)
        offer_move("under_audit", selectors.case_move)
        offer_taken("audits", selectors.cases_with_an_offer)
        offer_progress("audits", selectors.case_progress)
