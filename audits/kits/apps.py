from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitsConfig(AppConfig):
    name = "audits.kits"
    label = "audits_kits"

    def ready(self) -> None:
        from audits.engagements.selectors import offer_panel
        from audits.kits.selectors import stage2_panel
        from iris.core import events

        offer_panel("stage2", "kits", stage2_panel, order=30)
        events.name_acts(
            {
                "audits_kits.kit.make": _("Kit taken along"),
                "audits_kits.kit.give_back": _("Kit given back"),
                "audits_kits.kit.apply": _("Kit applied"),
                "audits_kits.kit.abandon": _("Kit given up"),
                "audits_engagements.audit.kit_applied": _("Offline kit applied"),
            },
            stops=("audits_kits.kit.abandon",),
        )
