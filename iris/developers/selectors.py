"""Requests for live keys: a developer sees its own, the scheme's managers all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import ApiClient, Organisation, User
from iris.accounts.states import ApiMode, OrganisationKind, Role
from iris.core.moves import Todo
from iris.developers.models import LiveRequest
from iris.developers.permissions import may_ask
from iris.developers.sandbox import meant, records
from iris.developers.states import LiveRequestState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def requests_visible_to(user: User | AnonymousUser) -> QuerySet[LiveRequest]:
    """Those that wait first."""
    rows = LiveRequest.objects.select_related("organisation", "asked_by")
    rows = rows.annotate(waits=Q(state=LiveRequestState.ASKED)).order_by("-waits", "-created_at", "id")
    if not isinstance(user, User) or user.organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows if user.has_role(Role.SCHEME_MANAGER) else rows.none()
    return rows.filter(organisation=user.organisation) if may_ask(user) else rows.none()


@dataclass(frozen=True)
class Tried:
    """How far a developer came on the sandbox."""

    keys: int
    last_used_at: datetime | None


def tried_by(organisation: Organisation) -> Tried:
    """Its sandbox keys, also those it revoked, and when one was last used: what the scheme looks at first."""
    rows = ApiClient.objects.filter(organisation=organisation, mode=ApiMode.SANDBOX)
    return Tried(**rows.aggregate(keys=Count("pk"), last_used_at=Max("last_used_at")))


def opened_to(organisation: Organisation) -> list[str]:
    """Scopes that the scheme opened to a developer: those of its last accepted request."""
    row = (
        LiveRequest.objects.filter(organisation=organisation, state=LiveRequestState.ACCEPTED)
        .order_by("-ended_at")
        .first()
    )
    return list(row.scopes) if row else []


def todos_for(user: User) -> list[Todo]:
    """What comes next for who builds: a key, its first call, live keys."""
    own = user.organisation
    if own is None or not may_ask(user):
        return []
    tried = tried_by(own)
    if not tried.keys:
        what = _("It is shown once, with a command to try it.")
        return [Todo(_("Issue your first sandbox key"), reverse("accounts:new_key"), what, icon="key")]
    if tried.last_used_at is None:
        what = _("One command in curl, Python or JavaScript, with the key you issued.")
        return [Todo(_("Make the first call"), reverse("developers:landing"), what, icon="code")]
    last = requests_visible_to(user).first()
    if last is None:
        what = _("Your software has called the sandbox. The register as it is opens with a live key.")
        return [Todo(_("Ask for live keys when it works"), reverse("developers:live"), what, icon="key")]
    if last.state == LiveRequestState.ASKED:
        what = _("The scheme is looking at your request.")
        return [Todo(_("Live keys"), reverse("developers:live"), what, icon="key", waiting=True)]
    live = ApiClient.objects.filter(organisation=own, mode=ApiMode.LIVE)
    if last.state == LiveRequestState.ACCEPTED and not live.exists():
        what = _("The scheme opened the register to your software.")
        return [Todo(_("Issue your first live key"), reverse("accounts:new_key"), what, icon="key")]
    return []


@dataclass(frozen=True)
class SandboxAgency:
    """A fixed agency, for services beside the API that answer sandbox keys."""

    id: str
    name: str
    registration: str
    licence: str
    certificate: str
    label: str
    valid: bool
    since: date | None
    expires: date | None
    corridors: tuple[tuple[str, str], ...]
    as_of: str = records.MADE


@dataclass(frozen=True)
class SandboxCandidate:
    """A fixed agency that a question may mean."""

    agency: SandboxAgency
    score: float
    match: bool
    why: str


def sandbox_agencies() -> list[SandboxAgency]:
    """Every one, in their order."""
    return [_fixed(case) for case in records.AGENCIES]


def sandbox_meant(name: str, identifier: str = "") -> list[SandboxCandidate]:
    """Those whom a name or a number means; the same as a check and a match of the sandbox say."""
    found = meant.meant(name, identifier).candidates
    return [SandboxCandidate(_fixed(one.case), one.score, one.match, one.why) for one in found]


def _fixed(case: records.Case) -> SandboxAgency:
    told = records.certificate(case) if case.number else None
    return SandboxAgency(
        id=case.id,
        name=case.name,
        registration=records.registration(case),
        licence=records.licence_number(case) if case.licence else "",
        certificate=case.number,
        label=meant.LABELS[case.status],
        valid=case.valid,
        since=date.fromisoformat(case.since) if told else None,
        expires=date.fromisoformat(told["expires_on"]) if told else None,
        corridors=case.corridors,
    )
