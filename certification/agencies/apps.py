"""The agency: legal entity, licences, corridors, branches, sub-agents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

AGENCY = "certification_agencies.agency"
CHANGE = "certification_agencies.changereport"
LIKENESS = "certification_agencies.likenesssignal"
SHEET = "certification_agencies.agencyimport"


class AgenciesConfig(AppConfig):
    """Names what the event log of an agency says."""

    name = "certification.agencies"
    label = "certification_agencies"
    verbose_name = _("Agencies")

    def ready(self) -> None:
        """Give every act a sentence for people, and the pages their place in the rail."""
        from certification.agencies import selectors
        from iris.core import context, events, feeds

        feeds.follow("agencies", "certification_agencies_agency")
        for part in (
            "agencyname",
            "licence",
            "agencycorridor",
            "agencysector",
            "branch",
            "subagent",
            "officer",
            "agencyend",
        ):
            feeds.follow("agencies", f"certification_agencies_{part}", "agency_id")
        selectors.offer_panel("agencies.end", selectors.end_panel, order=5, place="aside")
        selectors.offer_panel("agencies.likeness", selectors.likeness_panel, order=10, place="aside")
        selectors.offer_panel("agencies.changes", selectors.change_panel, order=20, place="aside")
        context.add_nav(_("Our agency"), "agencies:list", "building", kinds=("agency",), order=20)
        context.add_nav(_("Agencies"), "agencies:list", "building", kinds=("scheme", "audit_firm"), order=60)
        context.add_nav(
            _("Reported changes"), "agencies:changes_queue", "arrows-diff", kinds=("scheme",), order=62
        )
        context.add_nav(_("Look-alikes"), "agencies:likenesses", "copy", kinds=("scheme",), order=64)

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
                f"{AGENCY}.address_changed": _("Address changed"),
                f"{AGENCY}.officer_added": _("Owner or director added"),
                f"{AGENCY}.officer_changed": _("Owner or director changed"),
                f"{AGENCY}.officer_removed": _("Owner or director removed"),
                f"{AGENCY}.related_added": _("Related company added"),
                f"{AGENCY}.related_changed": _("Related company changed"),
                f"{AGENCY}.related_removed": _("Related company removed"),
                f"{AGENCY}.identifier_added": _("Number of a register added"),
                f"{AGENCY}.identifier_changed": _("Number of a register changed"),
                f"{AGENCY}.identifier_removed": _("Number of a register removed"),
                f"{AGENCY}.branch_person_added": _("Person of a branch added"),
                f"{AGENCY}.branch_person_changed": _("Person of a branch changed"),
                f"{AGENCY}.branch_person_removed": _("Person of a branch removed"),
                f"{AGENCY}.sanctions_declared": _("Declaration about sanctions made"),
                f"{AGENCY}.ended": _("The company is no more"),
                f"{AGENCY}.confirmed": _("Enrolment checked and confirmed"),
                f"{AGENCY}.reader_added": _("An audit firm was allowed to read"),
                f"{CHANGE}.asked": _("Asked, because the agency changed its own entries"),
                f"{CHANGE}.report": _("Reported by the agency"),
                f"{CHANGE}.note": _("Noted by the scheme"),
                f"{CHANGE}.order_audit": _("Special audit ordered"),
                f"{CHANGE}.close": _("Closed"),
                f"{SHEET}.uploaded": _("Sheet uploaded"),
                f"{SHEET}.commit": _("Sheet taken in"),
                f"{SHEET}.drop": _("Sheet thrown away"),
                f"{LIKENESS}.found": _("Found when agencies were compared"),
                f"{LIKENESS}.explain": _("Explained"),
                f"{LIKENESS}.dismiss": _("Chance, not a link"),
                f"{LIKENESS}.uphold": _("The link is real"),
                f"{LIKENESS}.look_again": _("Opened again"),
            }
        )
