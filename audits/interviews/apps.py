from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    name = "audits.interviews"
    label = "audits_interviews"

    def ready(self) -> None:
        from audits.engagements import selectors as engagements
        from audits.interviews import selectors
        from iris.core import context, events

        engagements.offer_panel("stage2", "interviews", selectors.stage2_panel, order=10)
        engagements.offer_panel("audit", "interviews", selectors.audit_panel, order=30)
        engagements.offer_counted("interviews", selectors.held_by_kind)
        engagements.offer_text_check("interviews", selectors.texts_giving_away)
        context.add_nav(
            _("Safeguarding"),
            "interviews:safeguarding",
            "lifebuoy",
            kinds=("scheme", "audit_firm"),
            order=37,
            roles=("scheme_manager", "lead_auditor", "auditor"),
        )
        interview, case = "audits_interviews.interview.", "audits_interviews.safeguardcase."
        audit = "audits_engagements.audit."
        events.name_acts(
            {
                interview + "plan": _("Interview planned"),
                interview + "change": _("Interview changed"),
                interview + "consent": _("Consent given"),
                interview + "write": _("Answers written"),
                interview + "hold": _("Interview held"),
                interview + "stop": _("Interview stopped"),
                interview + "withdraw": _("Withdrawn, answers erased"),
                case + "open": _("Safeguarding case opened"),
                case + "immediate": _("Immediate danger reported"),
                case + "close": _("Safeguarding case closed"),
                "audits_interviews.hotlineentry.entered": _("Hotline entered"),
                audit + "identity_sealed": _("Identity sealed"),
                audit + "vault_opened": _("Vault of identities opened"),
                audit + "employment_checked": _("Earlier interviewees looked up"),
                audit + "identities_erased": _("Identities erased, their time is over"),
            },
            stops=(interview + "stop", interview + "withdraw", case + "immediate"),
        )
