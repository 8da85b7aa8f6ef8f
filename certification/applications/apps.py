"""The bid for certification: screening, the auditors' recommendation, the outcome."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

APPLICATION = "certification_applications.application"


class ApplicationsConfig(AppConfig):
    """Names what the event log of an application says."""

    name = "certification.applications"
    label = "certification_applications"
    verbose_name = _("Applications")

    def ready(self) -> None:
        """Give every act a sentence for people, and the pages their place in the rail."""
        from certification.applications import selectors, services
        from certification.decisions import selectors as decisions_read
        from certification.decisions import services as decisions
        from iris.core import context, events

        selectors.offer_panel("agencies.likeness", selectors.likeness_panel, order=80, place="aside")
        for label, words in (
            (selectors.SUBJECT, selectors.subject_of_outcome),
            (selectors.SCREENING, selectors.subject_of_screening),
        ):
            decisions_read.offer_subject(label, words)
            decisions.when_overturned(label, services.reopen_after_appeal)

        context.add_nav(
            _("Applications"),
            "applications:queue",
            "clipboard-text",
            kinds=("scheme", "audit_firm"),
            order=20,
        )
        context.add_nav(_("Application"), "applications:queue", "send", kinds=("agency",), order=40)
        events.name_acts(
            {
                f"{APPLICATION}.opened": _("Application opened"),
                f"{APPLICATION}.submit": _("Application sent to the scheme"),
                f"{APPLICATION}.request_fee": _("Invoice for the fee sent"),
                f"{APPLICATION}.record_fee": _("Fee cleared, review started"),
                f"{APPLICATION}.defer": _("Deferred: the scheme asked for what is missing"),
                f"{APPLICATION}.send_information": _("Agency sent what was missing"),
                f"{APPLICATION}.accept": _("Application accepted"),
                f"{APPLICATION}.reject": _("Application rejected"),
                f"{APPLICATION}.waive_fee": _("Fee waived, review started"),
                f"{APPLICATION}.extend_deferral": _("More time given to send what is missing"),
                f"{APPLICATION}.deferral_over": _("Nothing came in time"),
                f"{APPLICATION}.claim": _("Case claimed"),
                f"{APPLICATION}.release": _("Case released"),
                f"{APPLICATION}.letter_sent": _("Letter sent"),
                f"{APPLICATION}.noted": _("Note of the scheme"),
                f"{APPLICATION}.reopen_decision": _("Appeal upheld: to be decided anew"),
                f"{APPLICATION}.reopen_screening": _("Appeal upheld: to be screened anew"),
                f"{APPLICATION}.withdraw": _("Application withdrawn"),
                f"{APPLICATION}.access_given": _("An audit firm was allowed to read the case"),
                f"{APPLICATION}.begin_audit": _("Audit began"),
                f"{APPLICATION}.recommend": _("Auditors sent their recommendation"),
                f"{APPLICATION}.grant": _("Certification granted"),
                f"{APPLICATION}.grant_with_conditions": _("Certification granted with conditions"),
                f"{APPLICATION}.refuse": _("Certification refused"),
                f"{APPLICATION}.review_overdue": _("Review is overdue"),
            },
            stops=(
                f"{APPLICATION}.reject",
                f"{APPLICATION}.deferral_over",
                f"{APPLICATION}.refuse",
                f"{APPLICATION}.review_overdue",
            ),
        )
