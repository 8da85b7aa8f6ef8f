"""Registers the room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and organisations."""

    name = "iris.accounts"
    label = "iris_accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Give this room's acts names that people can read."""
        from iris.accounts.frame import people
        from iris.accounts.states import OrganisationKind
        from iris.core import events
        from iris.core.context import add_frame, add_nav

        add_frame(people)
        add_nav(
            _("Organisations"),
            "accounts:organisations",
            "building-community",
            kinds=(OrganisationKind.SCHEME,),
            order=80,
        )
        add_nav(
            _("Your organisation"),
            "accounts:organisation",
            "building",
            kinds=tuple(OrganisationKind.values),
            order=90,
        )
        events.name_acts(
            {
                "iris_accounts.organisation.applied": _("Organisation asked to be admitted"),
                "iris_accounts.organisation.enrol_itself": _("Organisation enrolled"),
                "iris_accounts.organisation.admit": _("Organisation admitted by the scheme"),
                "iris_accounts.organisation.refuse": _("Organisation not admitted by the scheme"),
                "iris_accounts.organisation.renamed": _("Name or country changed"),
                "iris_accounts.organisation.facts_changed": _("Contact details changed"),
                "iris_accounts.organisation.member_added": _("Person added"),
                "iris_accounts.organisation.member_removed": _("Person removed"),
                "iris_accounts.organisation.role_changed": _("Role changed"),
                "iris_accounts.organisation.invitation_sent": _("Person invited"),
                "iris_accounts.organisation.invitation_resent": _("Invitation sent again"),
                "iris_accounts.organisation.api_key_issued": _("API key issued"),
                "iris_accounts.organisation.api_key_ended": _("API key ended"),
                "iris_accounts.invitation.accept": _("Invitation accepted"),
                "iris_accounts.invitation.revoke": _("Invitation taken back"),
                "iris_accounts.apiclient.revoke": _("API key revoked"),
                "iris_accounts.apiclient.rotated": _("API key rotated"),
                "iris_accounts.apiclient.old_key_given_up": _(
                    "Old API key given up before its hours were over"
                ),
            }
        )
