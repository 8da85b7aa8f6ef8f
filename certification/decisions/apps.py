"""Four eyes: who may not decide on whom, and what was decided, by whom and why."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "certification.decisions"
    label = "certification_decisions"
    verbose_name = _("Decisions")

    def ready(self) -> None:
        from iris.core import context, events

        context.add_nav(
            _("Votes and appeals"),
            "decisions:desk",
            "scale",
            kinds=("scheme",),
            order=45,
            roles=("decider", "scheme_manager", "screener"),
        )

        events.name_acts(
            {
                "certification_decisions.bar.written": _("Barred from deciding"),
                "certification_decisions.bar.extended": _("Bar extended"),
                "certification_decisions.decision.opened": _("Decision opened"),
                "certification_decisions.decision.voted": _("Vote given"),
                "certification_decisions.decision.begin_voting": _("Voting began"),
                "certification_decisions.decision.decide": _("Decided"),
                "certification_decisions.decision.answer_by_office": _("Answered by the office"),
                "certification_decisions.decision.contest": _("Appeal made"),
                "certification_decisions.decision.accept_again": _("Appeal withdrawn, the decision stands"),
                "certification_decisions.decision.uphold": _("Appeal dismissed, the decision stands"),
                "certification_decisions.decision.overturn": _("Overturned on appeal"),
                "certification_decisions.appeal.received": _("Appeal received"),
                "certification_decisions.appeal.acknowledge": _("Appeal acknowledged"),
                "certification_decisions.appeal.voted": _("Vote given"),
                "certification_decisions.appeal.uphold": _("Appeal upheld"),
                "certification_decisions.appeal.dismiss": _("Appeal dismissed"),
                "certification_decisions.appeal.withdraw": _("Appeal withdrawn"),
            }
        )
