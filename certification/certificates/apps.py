"""The certificate and its life: decided, issued, printed, suspended, reinstated, withdrawn, expired."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certification.certificates"
    label = "certification_certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from iris.core import events

        prefix = "certification_certificates.certificate."
        events.name_acts(
            {
                prefix + "issued": _("Certificate issued"),
                prefix + "pdf_made": _("PDF of the certificate made"),
                prefix + "condition_met": _("Condition met"),
                prefix + "clear_conditions": _("All conditions met"),
                prefix + "suspend": _("Certificate suspended"),
                prefix + "reinstate": _("Certificate reinstated"),
                prefix + "reinstate_with_conditions": _("Certificate reinstated, conditions stand"),
                prefix + "withdraw": _("Certificate withdrawn"),
                prefix + "relinquish": _("Certificate given up by the agency"),
                prefix + "expire": _("Certificate expired"),
                prefix + "supersede": _("Certificate replaced by a later revision"),
            }
        )
