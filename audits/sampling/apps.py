from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SamplingConfig(AppConfig):
    name = "audits.sampling"
    label = "audits_sampling"

    def ready(self) -> None:
        from audits.engagements import selectors as engagements
        from audits.sampling import selectors
        from iris.core import events

        events.name_acts(
            {
                "audits_engagements.audit.ask_list": _("List for sampling asked for"),
                "audits_engagements.audit.begin_list": _("List for sampling brought by the team"),
                "audits_sampling.frame.receive": _("List received"),
                "audits_sampling.frame.draw": _("Sample drawn"),
                "audits_sampling.frame.ask_again": _("Another list asked for"),
                "audits_sampling.frame.set_aside": _("List set aside"),
                "audits_sampling.frame.raise_stratum": _("More drawn of a stratum"),
                "audits_sampling.frame.draw_reserve": _("Reserve drawn"),
                "audits_sampling.frame.release_references": _("Items drawn shown to the agency"),
                "audits_sampling.samplemember.take_in": _("Taken into the sample"),
                "audits_sampling.samplemember.replace": _("Place given up"),
                "audits_sampling.samplemember.mark_item": _("Item looked at"),
            },
            stops=("audits_sampling.frame.set_aside",),
        )
        for place in ("audit", "stage1", "stage2"):
            engagements.offer_panel(place, "sampling.samples", selectors.panel, order=30)
        engagements.offer_missing("send_draft", "sampling.people", selectors.missing_for_report)
