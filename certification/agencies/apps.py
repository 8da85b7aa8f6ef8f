"""The agency: legal entity, licences, corridors, branches, sub-agents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

AGENCY = "certification_agencies.agency"


class AgenciesConfig(AppConfig):
    """Names what the event log of an agency says."""

    name = "certification.agencies"
    label = "certification_agencies"
    verbose_name = _("Agencies")

    def ready(self) -> None:
        """Give every act a sentence for people, and the pages their place in the rail."""
        from iris.core import context, events

        context.add_nav(_("Our agency"), "agencies:list", "building", kinds=("agency",), order=20)
        context.add_nav(_("Agencies"), "agencies:list", "building", kinds=("scheme", "audit_firm"), order=60)

        events.name_acts(
            {
                f"{AGENCY}.enrolled": _("Agency enrolled its legal entity"),
                f"{AGENCY}.details_changed": _("Legal entity changed"),
                f"{AGENCY}.contact_changed": _("Address and contact changed"),
                f"{AGENCY}.name_added": _("Another name added"),
                f"{AGENCY}.name_changed": _("Another name changed"),
                f"{AGENCY}.name_removed": _("Another name removed"),
                f"{AGENCY}.licence_added": _("Licence added"),
                f"{AGENCY}.licence_changed": _("Licence changed"),
                f"{AGENCY}.licence_removed": _("Licence removed"),
                f"{AGENCY}.licence_ending": _("Reminded that a licence ends soon"),
                f"{AGENCY}.licence_ended": _("A licence ended"),
                f"{AGENCY}.licence_register_changed": _("A licence register says something else"),
                f"{AGENCY}.licence_lost": _("A licence was lost"),
                f"{AGENCY}.corridor_added": _("Corridor added"),
                f"{AGENCY}.corridor_changed": _("Corridor changed"),
                f"{AGENCY}.corridor_removed": _("Corridor removed"),
                f"{AGENCY}.corridors_set": _("Corridors changed"),
                f"{AGENCY}.sectors_set": _("Sectors changed"),
                f"{AGENCY}.branch_added": _("Branch added"),
                f"{AGENCY}.branch_changed": _("Branch changed"),
                f"{AGENCY}.branch_removed": _("Branch removed"),
                f"{AGENCY}.sub_agent_added": _("Sub-agent added"),
                f"{AGENCY}.sub_agent_changed": _("Sub-agent changed"),
                f"{AGENCY}.sub_agent_removed": _("Sub-agent removed"),
                f"{AGENCY}.sanctions_declared": _("Declaration about sanctions made"),
                f"{AGENCY}.confirmed": _("Enrolment checked and confirmed"),
                f"{AGENCY}.reader_added": _("An audit firm was allowed to read"),
            }
        )
