"""Parties and links of an employer's labour supply chain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChainsConfig(AppConfig):
    """Puts the chain into the employer's rail."""

    name = "supplychain.chains"
    label = "supplychain_chains"
    verbose_name = _("Labour supply chains")

    def ready(self) -> None:
        """Register the rail entry and the words of the acts."""
        from iris.core import events, outbox
        from iris.core.context import add_nav
        from supplychain.chains.selectors import acting

        add_nav(_("Supply chain"), "chains:chain", "sitemap", kinds=("employer",), order=30)
        outbox.expect("watches.chain_changed")
        acting.offer_own()
        party, link = "supplychain_chains.party.", "supplychain_chains.link."
        invitation, sheet = "supplychain_chains.invitation.", "supplychain_chains.chainimport."
        events.name_acts(
            {
                party + "added": _("Party added to the chain"),
                party + "changed": _("Party changed"),
                party + "resolved": _("Matched with an agency of the register"),
                party + "unresolved": _("No longer matched with an agency"),
                party + "match_undone": _("The match was taken back"),
                party + "merged": _("Another party merged into this one"),
                party + "merged_away": _("Merged into another party"),
                party + "ended": _("Every link ended"),
                party + "removed": _("Taken out: entered by mistake"),
                party + "name_opened": _("Name opened by the supplier"),
                link + "added": _("Link added to the chain"),
                link + "changed": _("Link changed"),
                link + "ended": _("Link ended"),
                link + "removed": _("Link taken out: entered by mistake"),
                link + "verified": _("Link verified"),
                invitation + "invited": _("Supplier asked for its part"),
                invitation + "sent_again": _("Link sent again"),
                invitation + "answer": _("Supplier sent its part"),
                invitation + "revoke": _("Invitation revoked"),
                invitation + "entry_refused": _("A line was not taken in"),
                invitation + "close": _("Supplier's part looked through"),
                sheet + "uploaded": _("Sheet uploaded"),
                sheet + "commit": _("Sheet taken into the chain"),
                sheet + "drop": _("Sheet thrown away"),
            }
        )
