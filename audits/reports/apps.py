from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "audits.reports"
    label = "audits_reports"

    def ready(self) -> None:
        from audits.reports import selectors
        from certification.applications.selectors import offer_move, offer_panel, offer_progress, offer_taken

        offer_panel("audits", selectors.case_panel, order=20)
        offer_move("accepted", selectors.case_move)
        offer_move("under_audit", selectors.case_move)
        offer_taken("audits", selectors.cases_with_an_offer)
        offer_progress("audits", selectors.case_progress)
