"""National licence registers: what states say about who may recruit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicencesConfig(AppConfig):
    """Gives the registers their place in the rail."""

    name = "certification.licences"
    label = "certification_licences"
    verbose_name = _("Licence registers")

    def ready(self) -> None:
        """The rail, and words for what happens to a register's lists."""
        from certification.licences import problem_codes
        from iris.core import context, events, outbox

        context.add_nav(
            _("Licence registers"),
            "licences:desk",
            "license",
            kinds=("scheme", "audit_firm", "government"),
            order=70,
        )
        events.name_acts(
            {
                "certification_licences.snapshot.imported": _("List of a licence register brought in"),
                "certification_licences.snapshot.failed": _("A licence register could not be read"),
            }
        )
        outbox.expect("agencies.licence_register_changed")
        problem_codes.register()
