"""The Standard: its editions as versioned data, from principle to indicator."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardConfig(AppConfig):
    name = "certification.standard"
    label = "certification_standard"
    verbose_name = _("The Standard")

    def ready(self) -> None:
        from iris.core import context, events

        kinds = ("agency", "audit_firm", "scheme", "employer")
        context.add_nav(_("The Standard"), "standard:current", "book-2", kinds=kinds, order=90)
        events.name_acts(
            {
                "certification_standard.edition.loaded": _("Edition loaded from its file"),
                "certification_standard.edition.replaced": _("Draft text replaced from its file"),
                "certification_standard.edition.references_revised": _("References revised"),
                "certification_standard.edition.languages_revised": _("Other languages revised"),
                "certification_standard.edition.open_consultation": _("Opened for comments"),
                "certification_standard.edition.back_to_draft": _("Taken back to draft"),
                "certification_standard.edition.issue": _("Issued"),
                "certification_standard.edition.begin_retirement": _("Replaced by a newer edition"),
                "certification_standard.otherscheme.mapping_created": _("Mapping loaded from its file"),
                "certification_standard.otherscheme.mapping_replaced": _("Mapping replaced from its file"),
                "certification_standard.otherscheme.mapping_signed": _("Rows of a mapping signed"),
                "certification_standard.edition.retire": _("No longer in force"),
            }
        )
