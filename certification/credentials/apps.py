"""Certificates as credentials that any machine can verify, their status lists, and the page that verifies them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "certification.credentials"
    label = "certification_credentials"
    verbose_name = _("Credentials")

    def ready(self) -> None:
        from certification.certificates.selectors import offer_card
        from certification.certificates.services import offer_sealing
        from certification.credentials.selectors.cards import card_of
        from certification.credentials.services import papers
        from iris.core import context, events

        offer_sealing(papers.attachments, papers.seal)
        offer_card("credentials", card_of)
        context.add_nav(
            _("Credentials"),
            "credentials:keys",
            "key",
            kinds=("scheme",),
            order=57,
            roles=("scheme_manager",),
        )
        key, one = "certification_credentials.schemekey.", "certification_credentials.credential."
        events.name_acts(
            {
                key + "made": _("Key made"),
                key + "retired": _("Key retired"),
                one + "issued": _("Credential issued"),
                one + "suspended": _("Credential suspended"),
                one + "reinstated": _("Credential holds again"),
                one + "revoked": _("Credential revoked"),
            },
            stops=(one + "revoked",),
        )
