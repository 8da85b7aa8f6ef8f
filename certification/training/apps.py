"""Capacity building: levels, courses, results. A level is never certification."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "certification.training"
    label = "certification_training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from certification.agencies import selectors as agencies
        from certification.training import selectors
        from iris.core import context, events

        agencies.offer_panel("training.level", selectors.agency_panel, order=60, place="aside")

        context.add_nav(
            _("Training"),
            "training:list",
            "school",
            kinds=("agency", "employer", "government", "training_provider", "scheme"),
            order=70,
        )
        course, seat = "certification_training.course.", "certification_training.seat."
        events.name_acts(
            {
                course + "drafted": _("Course drafted"),
                course + "announce": _("Course announced"),
                course + "begin": _("Course begun"),
                course + "finish": _("Course closed with its results"),
                course + "cancel": _("Course cancelled"),
                seat + "asked": _("Enrolled"),
                seat + "book": _("Seat booked"),
                seat + "give_back": _("Seat given back"),
                seat + "attended": _("Was there"),
                seat + "missed": _("Was not there"),
                seat + "result": _("Result noted"),
                "certification_training.catalogueentry.added": _("Course added to the catalogue"),
                "certification_training.catalogueentry.retired": _("Course retired"),
                "certification_training.provider.approved": _("Training provider approved"),
                "certification_training.provider.ended": _("Approval of the training provider ended"),
            },
            stops=(course + "cancel",),
        )
