from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "audits.fieldwork"
    label = "audits_fieldwork"

    def ready(self) -> None:
        from audits.engagements import selectors as engagements
        from audits.fieldwork import selectors
        from iris.core import events

        engagements.offer_desk_cards("evidence", selectors.desk_cards)
        for place in ("stage1", "stage2"):
            engagements.offer_panel(place, "fieldwork", selectors.stage_panel, order=40)
        events.name_acts(
            {
                "audits_fieldwork.evidence.add": _("Evidence kept"),
                "audits_fieldwork.evidence.redact": _("Redacted version kept"),
                "audits_fieldwork.evidence.withdraw": _("Evidence withdrawn"),
                "audits_fieldwork.evidence.check_hash": _("Hash of the file checked"),
            },
            stops=("audits_fieldwork.evidence.withdraw",),
        )
