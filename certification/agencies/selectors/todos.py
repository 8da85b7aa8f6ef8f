"""What an agency, and the scheme, have to do now."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies import permissions
from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core.moves import Todo

from .changes import change_todos
from .eligibility import eligibility
from .reading import with_facts


def todos_for(user: User) -> list[Todo]:
    """What enrolment and reported changes ask of a person."""
    return [*change_todos(user), *enrolment_todos(user)]


def enrolment_todos(user: User) -> list[Todo]:
    """What enrolment still asks of a person's own agency."""
    if (
        user.organisation is None
        or not user.is_kind(OrganisationKind.AGENCY)
        or not user.has_role(*permissions.MAY_CHANGE)
    ):
        return []
    agency = with_facts(Agency.objects.filter(organisation_id=user.organisation.pk)).first()
    if agency is None:
        return [
            Todo(
                title=_("Enrol your agency"),
                url=reverse("agencies:enrol"),
                what=_("Start with the legal entity. You can stop and come back at any time."),
                icon="building",
            )
        ]
    found = eligibility(agency)
    task_list = reverse("agencies:enrolment", args=[agency.pk])
    if not agency.enrolled_at:
        left = len([item for item in found.missing if item.code != "confirmed"])
        what = (
            ngettext("%(left)s thing is missing.", "%(left)s things are missing.", left) % {"left": left}
            if left
            else _("Everything is there. Check it once and confirm it.")
        )
        return [Todo(title=_("Finish your enrolment"), url=task_list, what=what, icon="building")]
    return [
        Todo(
            title=str(item.title),
            url=reverse(item.url_name, args=[agency.pk]),
            what=str(item.text),
            icon="license",
        )
        for item in found.items
        if item.state != "ok" and item.code.startswith("licence")
    ]
