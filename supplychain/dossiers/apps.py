"""What a law asks, what is held here, what is missing: as a file that proves itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Puts dossiers into the employer's rail and names the acts."""

    name = "supplychain.dossiers"
    label = "supplychain_dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        """Register the rail entry and the words."""
        from iris.core import events
        from iris.core.context import add_nav

        add_nav(_("Dossiers"), "dossiers:list", "folders", kinds=("employer",), order=50)
        words = {
            "dossier.drafted": _("Dossier drafted"),
            "dossier.changed": _("Draft changed"),
            "dossier.words": _("Own words written"),
            "dossier.make": _("Dossier asked to be made"),
            "dossier.finish": _("Dossier made"),
            "dossier.revise": _("Next version begun"),
            "dossier.copy_made": _("Copy made"),
            "dossier.downloaded": _("Copy downloaded"),
            "hold.placed": _("Legal hold placed"),
            "hold.released": _("Legal hold released"),
            "tombstone.deleted": _("Records deleted after their time"),
        }
        prefix = "supplychain_dossiers."
        events.name_acts({prefix + act: text for act, text in words.items()})

        from supplychain.chains.selectors.offers import offer_act
        from supplychain.dossiers.offers import dossier_act

        offer_act("dossier", dossier_act, order=60)
