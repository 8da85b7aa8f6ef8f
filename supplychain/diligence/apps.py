"""What an employer does about what it found: decisions, nominations, six steps, requests."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiligenceConfig(AppConfig):
    """Puts decisions into the employer's rail, nominations into the scheme's, and names the acts."""

    name = "supplychain.diligence"
    label = "supplychain_diligence"
    verbose_name = _("Due diligence")

    def ready(self) -> None:
        """Register rail entries and words."""
        from iris.core import events
        from iris.core.context import add_nav

        add_nav(_("Decisions"), "diligence:list", "gavel", kinds=("employer",), order=40)
        add_nav(
            _("Nominations"),
            "diligence:nominees",
            "user-plus",
            kinds=("scheme",),
            order=66,
            roles=("scheme_manager", "screener"),
        )

        words = {
            "decision.proposed": _("Decision proposed"),
            "decision.take_effect": _("Decided"),
            "decision.approve": _("Approved by a second person"),
            "decision.decline": _("Declined by a second person"),
            "decision.withdraw": _("Proposal taken back"),
            "decision.supersede": _("Replaced by a later decision"),
            "condition.meet": _("Condition met"),
            "condition.waive": _("Condition waived"),
            "settings.changed": _("Settings of due diligence changed"),
            "nomination.nominated": _("Nominated for certification"),
            "nominee.invite": _("Invited by the scheme"),
            "nominee.set_aside": _("Set aside"),
            "nominee.take_up": _("Taken up again"),
            "nominee.decline": _("Asked not to be written to"),
            "nominee.enrol": _("Enrolled on the register"),
            "nominee.certify": _("Certified"),
            "nomination.withdrawn": _("Nomination taken back"),
            "stepnote.noted": _("Step of the cycle noted"),
            "informationrequest.received": _("Request for information received"),
            "informationrequest.acknowledge": _("Receipt confirmed to the asker"),
            "informationrequest.ask_back": _("Asker asked what is meant"),
            "informationrequest.clarify": _("Asker said what is meant"),
            "informationrequest.extended": _("Time for the answer extended"),
            "informationrequest.answer": _("Request answered"),
            "informationrequest.refuse": _("Request refused"),
            "informationrequest.withdraw": _("Request taken back"),
            "informationrequest.reasons_asked": _("Fuller reasons asked for"),
            "informationrequest.reasons_given": _("Fuller reasons given"),
            "informationrequest.noted": _("Note kept"),
        }
        prefix = "supplychain_diligence."
        stops = ("decision.decline", "informationrequest.refuse", "nominee.set_aside")
        events.name_acts(
            {prefix + act: text for act, text in words.items()}, stops=tuple(prefix + one for one in stops)
        )

        from supplychain.chains.selectors.offers import offer_act
        from supplychain.diligence.offers import decide_act

        offer_act("decide", decide_act, order=20)
