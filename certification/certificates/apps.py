"""The certificate and its life: decided, issued, printed, suspended, reinstated, withdrawn, expired."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certification.certificates"
    label = "certification_certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certification.agencies import selectors as agencies
        from certification.applications import selectors as applications
        from certification.applications.states import ApplicationState
        from certification.certificates import checks, selectors  # noqa: F401 - registers the check
        from certification.certificates.services.following import change_acts
        from iris.core import context, events, feeds

        feeds.follow("certificates", "certification_certificates_certificate")
        feeds.follow("certificates", "certification_certificates_certificatechange", "certificate_id")
        context.add_nav(
            _("Decisions"),
            "certificates:queue",
            "gavel",
            kinds=("scheme",),
            order=40,
            roles=("decider", "scheme_manager"),
        )
        context.add_nav(
            _("Certificates"), "certificates:list", "certificate", kinds=("scheme", "audit_firm"), order=50
        )
        context.add_nav(
            _("Keeping"),
            "certificates:keeping",
            "calendar-event",
            kinds=("scheme",),
            order=55,
            roles=("scheme_manager", "decider"),
        )
        context.add_nav(_("Certificate"), "certificates:list", "certificate", kinds=("agency",), order=50)
        agencies.offer_standing(selectors.known_standings)
        agencies.offer_change_acts(change_acts)
        applications.offer_move(ApplicationState.RECOMMENDED, selectors.decision_move)
        applications.offer_panel("certificates.outcome", selectors.outcome_panel, order=10)
        applications.offer_panel("certificates.deferral", selectors.deferral_panel, order=5)
        applications.offer_progress("certificates.certificate", selectors.certificate_progress)
        from certification.certificates import services
        from certification.certificates.states import Proposed
        from certification.decisions import selectors as decisions_read
        from certification.decisions import services as decisions

        applications.offer_running(selectors.renewable)
        for label in Proposed:
            decisions.when_decided(label.value, services.carry_out)
            decisions.when_overturned(label.value, services.undo)
            decisions_read.offer_subject(label.value, selectors.subject_of_proposal)
        prefix = "certification_certificates.certificate."
        events.name_acts(
            {
                prefix + "issued": _("Certificate issued"),
                prefix + "pdf_made": _("PDF of the certificate made"),
                prefix + "condition_met": _("Condition met"),
                prefix + "clear_conditions": _("All conditions met"),
                prefix + "suspend": _("Certificate suspended"),
                prefix + "reinstate": _("Certificate reinstated"),
                prefix + "reinstate_with_conditions": _("Certificate reinstated, conditions stand"),
                prefix + "lift": _("Suspension lifted after an appeal"),
                prefix + "lift_with_conditions": _("Suspension lifted after an appeal, conditions stand"),
                prefix + "withdraw": _("Certificate withdrawn"),
                prefix + "relinquish": _("Certificate given up by the agency"),
                prefix + "expire": _("Certificate expired"),
                prefix + "supersede": _("Certificate replaced by a later revision"),
                prefix + "attach_conditions": _("Conditions attached"),
                prefix + "proposed_suspend": _("Suspension proposed"),
                prefix + "proposed_withdraw": _("Withdrawal proposed"),
                prefix + "proposed_reinstate": _("Reinstatement proposed"),
                prefix + "proposed_reduce": _("Reduction of scope proposed"),
                prefix + "proposed_keep": _("Keeping it without the licence proposed"),
                prefix + "refused_suspend": _("Proposed suspension refused"),
                prefix + "refused_withdraw": _("Proposed withdrawal refused"),
                prefix + "refused_reinstate": _("Proposed reinstatement refused"),
                prefix + "refused_reduce": _("Proposed reduction refused"),
                prefix + "refused_keep": _("Keeping it without the licence refused"),
                prefix + "mark_accepted": _("Terms of the mark accepted"),
                prefix + "mark_given": _("Mark downloaded"),
            },
            stops=(prefix + "suspend", prefix + "withdraw", prefix + "expire"),
        )
        window = "certification_certificates.surveillancewindow."
        order = "certification_certificates.auditorder."
        review = "certification_certificates.licencereview."
        case = "certification_certificates.misusecase."
        events.name_acts(
            {
                window + "hold": _("Surveillance audit held"),
                window + "make_up": _("Surveillance audit held after its day"),
                window + "miss": _("Surveillance audit missed"),
                window + "drop": _("Surveillance no longer due"),
                order + "ordered": _("Audit ordered"),
                order + "hold": _("Audit held"),
                order + "miss": _("Audit missed or refused"),
                order + "cancel": _("Audit cancelled"),
                review + "opened": _("Licence lost, review opened"),
                review + "keep": _("Certificate kept without the licence"),
                review + "settle": _("Review settled by another act"),
                review + "lapse": _("Suspended by default"),
                case + "reported": _("Misuse reported"),
                case + "check_it": _("Taken up by the scheme"),
                case + "ask_takedown": _("Agency asked to take it down"),
                case + "confirm_removed": _("Seen to be gone"),
                case + "escalate": _("Suspension proposed"),
                case + "dismiss": _("Not a misuse"),
            },
            stops=(order + "miss", review + "lapse", case + "escalate"),
        )
