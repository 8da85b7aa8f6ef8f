"""How much of an employer's hiring goes through certified agencies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    """Puts coverage into the employer's rail and hands its recruiters' facts to the room of risk."""

    name = "supplychain.coverage"
    label = "supplychain_coverage"
    verbose_name = _("Coverage")

    def ready(self) -> None:
        """Register the rail entry and the provider of parties."""
        from iris.core.context import add_nav
        from supplychain.coverage import selectors
        from supplychain.risk.selectors import offer_parties

        add_nav(_("Coverage"), "coverage:coverage", "chart-pie", kinds=("employer",), order=45)
        offer_parties("chains", selectors.parties_for)
