"""Four eyes: who may not decide on whom, and what was decided, by whom and why."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "certification.decisions"
    label = "certification_decisions"
    verbose_name = _("Decisions")

    def ready(self) -> None:
        from iris.core import events

        events.name_acts(
            {
                "certification_decisions.bar.written": _("Barred from deciding"),
                "certification_decisions.bar.extended": _("Bar extended"),
                "certification_decisions.decision.opened": _("Decision opened"),
                "certification_decisions.decision.decide": _("Decided"),
            }
        )
