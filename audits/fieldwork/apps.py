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
        engagements.offer_panel("stage1", "fieldwork", selectors.stage_panel, order=40)
        engagements.offer_panel("stage2", "fieldwork", selectors.stage_panel, order=40)
        engagements.offer_panel("audit", "fieldwork", selectors.agency_panel, order=40)
        engagements.offer_missing("send_draft", "fieldwork", selectors.missing_for_draft)
        events.name_acts(
            {
                "audits_fieldwork.evidence.add": _("Evidence kept"),
                "audits_fieldwork.evidence.redact": _("Redacted version kept"),
                "audits_fieldwork.evidence.withdraw": _("Evidence withdrawn"),
                "audits_fieldwork.evidence.check_hash": _("Hash of the file checked"),
                "audits_fieldwork.signrecord.write": _("Sign written down"),
                "audits_engagements.audit.record_opening": _("Opening meeting recorded"),
                "audits_engagements.audit.record_closing": _("Closing meeting recorded"),
                "audits_engagements.audit.acknowledge_meeting": _("Meeting acknowledged"),
                "audits_engagements.audit.reply_disagreement": _("Auditors answered a disagreement"),
            },
            stops=("audits_fieldwork.evidence.withdraw",),
        )
