"""Watches, their ledger and their notices: only ever one's own organisation's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies.models import Agency
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.core.moves import Todo
from supplychain.watches.models import Change, Entry, Plan, Telling, Watch
from supplychain.watches.permissions import KINDS
from supplychain.watches.selectors.words import Told, tell_of
from supplychain.watches.states import SubjectKind, WatchState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST_TOLD = 50


def watches_visible_to(user: User | AnonymousUser) -> QuerySet[Watch]:
    """The watches of the person's own organisation. Nobody else's, the scheme's staff included (R71)."""
    rows = Watch.objects.select_related("agency", "person", "organisation")
    if not isinstance(user, User) or user.organisation is None or not user.is_kind(*KINDS):
        return rows.none()
    return rows.filter(organisation=user.organisation)


def listed(
    user: User, *, state: str = "", kind: str = "", text: str = "", changed: bool = False
) -> QuerySet[Watch]:
    """The list: those that run first, with how many notices the reader has not opened."""
    rows = watches_visible_to(user)
    rows = rows.filter(state=state) if state else rows.exclude(state=WatchState.ENDED)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(
            Q(title__icontains=text) | Q(note__icontains=text) | Q(relationship__icontains=text)
        )
    if changed:
        rows = rows.filter(Exists(Change.objects.filter(watch=OuterRef("pk"))))
    return rows.annotate(n_changes=Count("changes", distinct=True)).order_by("state", "title", "created_at")


def entries_of(watch: Watch) -> QuerySet[Entry]:
    """The ledger of a watch, the newest run first."""
    return watch.entries.prefetch_related("changes").order_by("-at", "-created_at")


def changes_visible_to(user: User | AnonymousUser) -> QuerySet[Change]:
    """Every change that a watch of the organisation found."""
    return Change.objects.filter(watch__in=watches_visible_to(user).values("pk")).select_related(
        "watch", "entry"
    )


def told_of(entry: Entry) -> list[Told]:
    """The changes of one run in words; a run with very many shows the first."""
    return [tell_of(change) for change in list(entry.changes.all())[:MOST_TOLD]]


def watch_of_agency(user: User, agency_id: UUID) -> Watch | None:
    """The running watch of one agency, if the reader's organisation keeps one."""
    rows = watches_visible_to(user).exclude(state=WatchState.ENDED)
    return rows.filter(kind=SubjectKind.AGENCY, agency_id=agency_id).first()


def watch_with_key(user: User, key: str) -> Watch | None:
    """The running watch of a subject."""
    return watches_visible_to(user).exclude(state=WatchState.ENDED).filter(subject_key=key).first()


def disclosed_watchers(agency: Agency) -> list[str]:
    """Names of organisations that let this agency know that they watch it (R71: off unless the watcher says so)."""
    rows = Watch.objects.filter(agency=agency, disclosed=True, state=WatchState.ACTIVE)
    return list(rows.order_by("organisation__name").values_list("organisation__name", flat=True).distinct())


def people_to_choose(organisation: Organisation) -> QuerySet[User]:
    """Whom notices may go to: the people of the organisation."""
    return people_of(organisation).order_by("full_name", "pk")


def plan_of(organisation: Organisation) -> Plan:
    """When the organisation gets its digests; the scheme's usual time until it chooses."""
    return Plan.objects.filter(organisation=organisation).first() or Plan(organisation=organisation)


def todos_for(user: User) -> list[Todo]:
    """Notices of changes that the person has not opened, and checks that fail."""
    rows = watches_visible_to(user)
    if not user.is_kind(*KINDS):
        return []
    found = [
        Todo(
            title=_("Check failed: %(title)s") % {"title": watch.title},
            url=reverse("watches:watch", args=[watch.pk]),
            what=watch.failure,
            icon="alert-octagon",
        )
        for watch in rows.filter(state=WatchState.ACTIVE).exclude(failure="")[:5]
    ]
    unread = unread_count(user)
    if unread:
        title = ngettext("Read %(n)s notice of a watch", "Read %(n)s notices of your watches", unread) % {
            "n": unread
        }
        found.append(
            Todo(
                title=title,
                url=reverse("notify:inbox"),
                what=_("Something changed that you watch."),
                icon="eye",
            )
        )
    return found


def unread_count(user: User) -> int:
    """How many notices of watches the person has not opened."""
    from iris.notify.models import Notice

    return Notice.objects.filter(
        user_id=user.pk, read_at__isnull=True, template__startswith="watches/"
    ).count()


def untold() -> QuerySet[Telling]:
    """What somebody is still to hear."""
    return Telling.objects.filter(told_at__isnull=True)
