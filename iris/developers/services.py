"""Developers sign up by themselves; live keys are asked for, and the scheme answers."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Membership, Organisation, User
from iris.accounts.selectors import managers_of, people_with_role
from iris.accounts.services import add_member, create_organisation, tell
from iris.accounts.states import ASKABLE_SCOPES, OrganisationKind, Role
from iris.core import events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.developers.models import LONGEST, LiveRequest
from iris.developers.permissions import may_ask
from iris.developers.states import LiveRequestState

MOST_CALLS = 1_000_000


@transaction.atomic
def sign_up(*, actor: User, name: str, country: str, website: str = "") -> Organisation:
    """A developer's organisation, active at once. It can issue sandbox keys and nothing else.

    Sent twice it is one: a person has one such organisation.
    """
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    known = Membership.objects.filter(
        user_id=actor.pk, active=True, organisation__kind=OrganisationKind.DEVELOPER
    ).select_related("organisation")
    earlier = known.first()
    if earlier is not None:
        return earlier.organisation
    made = create_organisation(
        OrganisationKind.DEVELOPER,
        name,
        country,
        actor,
        website=website,
        contact_name=actor.full_name,
        contact_email=actor.email,
    )
    add_member(made, actor, Role.DEVELOPER, actor)
    return made


@transaction.atomic
def ask(*, actor: User, purpose: str, scopes: list[str], calls_a_day: int) -> LiveRequest:
    """Ask for live keys. Raises NotPermitted, BadInput, Conflict (one waits already)."""
    if not may_ask(actor) or actor.organisation is None:
        raise NotPermitted()
    held = lock(Organisation, actor.organisation.pk)
    _check(purpose, scopes, calls_a_day)
    if LiveRequest.objects.filter(organisation=held, state=LiveRequestState.ASKED).exists():
        raise Conflict(_("You have asked already. The scheme answers by e-mail."))
    made = LiveRequest.objects.create(
        organisation=held,
        asked_by=actor,
        purpose=purpose.strip(),
        scopes=sorted(set(scopes)),
        calls_a_day=calls_a_day,
    )
    events.record(made, act="asked", actor=actor, to_state=LiveRequestState.ASKED)
    tell(
        people_with_role(Role.SCHEME_MANAGER),
        "developers/asked",
        url=f"/scheme/developers/{made.pk}/",
        organisation=held.name,
        actor=actor.label,
    )
    return made


def _check(purpose: str, scopes: list[str], calls_a_day: int) -> None:
    problems: dict[str, list[str]] = {}
    if len(purpose.strip()) < 20:
        problems["purpose"] = [_("Say in a sentence or two what the software does, and for whom.")]
    elif len(purpose.strip()) > LONGEST:
        problems["purpose"] = [_("Use at most %(most)s characters.") % {"most": f"{LONGEST:,}"}]
    if not scopes or not set(scopes) <= {str(one) for one in ASKABLE_SCOPES}:
        problems["scopes"] = [_("Choose what the software reads.")]
    if not 1 <= calls_a_day <= MOST_CALLS:
        text = _("Enter a number from 1 to %(most)s.")
        problems["calls_a_day"] = [text % {"most": f"{MOST_CALLS:,}"}]
    if problems:
        raise BadInput(fields=problems)


@transaction.atomic
def withdraw(*, request_id: UUID, actor: User) -> LiveRequest:
    """Take a request back. Raises Conflict when it was answered, NotPermitted."""
    row = lock(LiveRequest, request_id)
    act(row.withdraw, actor=actor)
    return row


@transaction.atomic
def answer(*, request_id: UUID, actor: User, accept: bool, reason: str = "") -> LiveRequest:
    """The scheme accepts or refuses with a reason; the developer is told by e-mail.

    Raises Conflict (somebody answered first), NotPermitted, ReasonRequired.
    """
    row = lock(LiveRequest, request_id)
    if accept:
        act(row.accept, actor=actor, reason=reason)
    else:
        act(row.refuse, actor=actor, reason=reason, words=reason.strip())
    tell(
        managers_of(row.organisation),
        "developers/accepted" if accept else "developers/refused",
        url="/developers/live/",
        organisation=row.organisation.name,
        reason=reason.strip(),
    )
    return row
