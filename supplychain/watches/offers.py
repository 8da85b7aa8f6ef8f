"""What this room puts on other rooms' pages: the press that begins a watch, and the watchers an agency may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import Panel
from iris.accounts.models import User
from iris.core.context import Press
from supplychain.chains.selectors.chain import ChainParty
from supplychain.chains.selectors.offers import PartyAct
from supplychain.watches.permissions import may_watch
from supplychain.watches.selectors import (
    disclosed_watchers,
    watch_of_agency,
    watch_with_key,
    watches_visible_to,
)
from supplychain.watches.selectors.subjects import FILTERS
from supplychain.watches.states import SubjectKind, WatchState

if TYPE_CHECKING:
    from django.http import HttpRequest


def watches_to_choose(user: User) -> list[tuple[UUID, str]]:
    """The running and paused watches of the person's organisation, for the filter of a webhook."""
    rows = watches_visible_to(user).exclude(state=WatchState.ENDED).order_by("title", "created_at")
    silent = _("%(title)s (sends nothing yet: choose webhooks in its settings)")
    return [(row.pk, row.title if row.webhook else silent % {"title": row.title}) for row in rows]


def press(request: HttpRequest, kind: str, subject: object) -> Press | None:
    """A button that begins a watch, or the link to the one there is. Only for people who may watch."""
    user = request.user
    if not isinstance(user, User) or not may_watch(user) or kind not in SubjectKind.values:
        return None
    if kind == SubjectKind.AGENCY:
        agency_id = subject if isinstance(subject, UUID) else UUID(str(subject))
        held = watch_of_agency(user, agency_id)
        return Press("watches/_press.html", {"held": held, "kind": kind, "fields": {"agency": agency_id}})
    if kind == SubjectKind.FILTER:
        found = (
            {str(name): value for name, value in dict(subject).items()} if isinstance(subject, dict) else {}
        )
        fields = {name: found[name] for name in FILTERS if found.get(name)}
        return (
            Press("watches/_press.html", {"held": None, "kind": kind, "fields": fields}) if fields else None
        )
    if kind == SubjectKind.SCREENING:
        held = watch_with_key(user, f"screening:{subject}")
        return Press("watches/_press.html", {"held": held, "kind": kind, "fields": {"screening": subject}})
    return Press("watches/_press.html", {"held": watch_with_key(user, "chain"), "kind": kind, "fields": {}})


def watchers_panel(agency: Agency, user: User) -> Panel | None:
    """For the agency's own people: employers that let them know. Never a count of the others (R71)."""
    if agency.organisation_id != getattr(user.organisation, "pk", None):
        return None
    names = disclosed_watchers(agency)
    return Panel("watches/_watchers.html", {"names": names}) if names else None


def watch_of_party(party: ChainParty, user: User) -> PartyAct | None:
    """Beside a party of the chain that is an agency of the register."""
    if party.agency_id is None or not may_watch(user):
        return None
    held = watch_of_agency(user, party.agency_id)
    if held is not None:
        return PartyAct(_("You watch this"), reverse("watches:watch", args=[held.pk]), icon="eye-check")
    fields = {"kind": SubjectKind.AGENCY.value, "agency": str(party.agency_id)}
    return PartyAct(_("Watch this agency"), reverse("watches:begin"), icon="eye", post=True, fields=fields)
