"""What others tell the scheme: that an entry is wrong, or that a state acted."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DISPUTE = "certification_corrections.dispute."
NOTICE = "certification_corrections.authoritynotice."


class CorrectionsConfig(AppConfig):
    """Disputes of entries of the register, and notices of authorities."""

    name = "certification.corrections"
    label = "certification_corrections"
    verbose_name = _("Corrections")

    def ready(self) -> None:
        """Rail entries, words for acts and refusals, the panel on an agency's page."""
        from certification.agencies.selectors import offer_panel
        from certification.corrections import problem_codes, selectors
        from iris.core import context, events

        offer_panel("corrections", selectors.agency_panel, order=80, place="aside")
        context.add_nav(
            _("Disputed entries"), "corrections:disputes", "message-report", kinds=("scheme",), order=72
        )
        context.add_nav(
            _("Notices"), "corrections:notices", "building-bank", kinds=("scheme", "government"), order=74
        )
        events.name_acts(
            {
                f"{DISPUTE}received": _("Entry disputed"),
                f"{DISPUTE}look_at": _("Taken up by the scheme"),
                f"{DISPUTE}correct": _("Corrected"),
                f"{DISPUTE}keep": _("Kept as it is"),
                f"{DISPUTE}withdraw": _("Taken back by the sender"),
                f"{DISPUTE}reply_shown": _("The agency's reply is shown"),
                f"{DISPUTE}reply_hidden": _("The agency's reply is no longer shown"),
                f"{DISPUTE}contact_erased": _("Name and e-mail of the sender erased"),
                f"{NOTICE}received": _("Notice filed"),
                f"{NOTICE}look_at": _("Taken up by the scheme"),
                f"{NOTICE}act_on": _("Acted on"),
                f"{NOTICE}note": _("Noted, nothing to do"),
                f"{NOTICE}withdraw": _("Taken back by the authority"),
            }
        )
        problem_codes.register()
