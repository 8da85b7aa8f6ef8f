"""Repayment of recruitment fees that workers paid: from the first amount to the last confirmation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepaymentsConfig(AppConfig):
    name = "certification.repayments"
    label = "certification_repayments"
    verbose_name = _("Repayments")

    def ready(self) -> None:
        from certification.agencies import selectors as agencies
        from certification.repayments import selectors
        from iris.core import context, events

        agencies.offer_panel("repayments", selectors.agency_panel, order=70)
        kinds = ("agency", "scheme", "audit_firm", "caseworker")
        context.add_nav(_("Repayments"), "repayments:list", "cash", kinds=kinds, order=58)
        case, breach = "certification_repayments.repaymentcase.", "certification_repayments.breach."
        events.name_acts(
            {
                case + "opened": _("Repayment case opened"),
                case + "terms": _("Rule and currency chosen"),
                case + "cohort": _("Cohort written down"),
                case + "rate": _("Exchange rate entered"),
                case + "interest": _("Interest for late repayment entered"),
                case + "interest_removed": _("Interest for late repayment removed"),
                case + "shares": _("Shares of the payers set"),
                case + "payer_told": _("Link to its share sent to a payer"),
                case + "payer_link_ended": _("Link of a payer ended"),
                case + "payer_read": _("A payer read its share"),
                case + "payer_agrees": _("A payer pays its share"),
                case + "payer_disagrees": _("A payer does not agree to its share"),
                case + "payer_proof": _("A payer sent proof of its payment"),
                case + "payer_proof_taken": _("A payer’s money came in"),
                case + "payer_proof_refused": _("A payer’s money did not come in"),
                case + "consulted": _("Workers consulted"),
                case + "worker_added": _("Worker written down"),
                case + "worker_changed": _("Worker corrected"),
                case + "line_added": _("Cost written down"),
                case + "line_left_out": _("Cost does not count"),
                case + "line_counts": _("Cost counts again"),
                case + "line_removed": _("Cost removed"),
                case + "loan_added": _("Loan written down"),
                case + "loan_removed": _("Loan removed"),
                case + "sheet_imported": _("Sheet of workers imported"),
                case + "quantify": _("Amounts fixed and sent to the scheme"),
                case + "send_back": _("Amounts sent back"),
                case + "agree": _("Amounts agreed"),
                case + "planned": _("Instalments planned"),
                case + "begin_paying": _("Payment begun"),
                case + "payment": _("Payment entered"),
                case + "payment_undone": _("Payment taken back from the record"),
                case + "proof": _("Bank proof attached"),
                case + "confirmed": _("Worker confirmed"),
                case + "traced": _("Looked for a worker who left"),
                case + "held": _("Money held for a worker who left"),
                case + "finish_paying": _("Everybody paid, or the money held"),
                case + "send_back_paid": _("Payments sent back"),
                case + "checked": _("Third-party check written down"),
                case + "verify": _("Payments verified"),
                case + "close": _("Case closed"),
                case + "reopen": _("Case opened again"),
                case + "breach": _("Breach reported"),
                case + "names_opened": _("Names opened"),
                breach + "give_answer": _("Breach answered"),
                breach + "settle": _("Breach put right"),
                breach + "refuse_answer": _("Answer to the breach refused"),
            },
            stops=(case + "breach", case + "send_back", case + "send_back_paid"),
        )
