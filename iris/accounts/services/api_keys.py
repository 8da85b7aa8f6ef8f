"""API keys: issue, rotate, revoke, give up, note their use."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from iris.accounts import permissions
from iris.accounts.models import ApiClient, Organisation, User
from iris.accounts.selectors import api_client_of, hash_of, live_scopes_of, managers_of
from iris.accounts.services.telling import tell
from iris.accounts.states import KEY_WORD, ApiClientState, ApiMode, ApiScope
from iris.core import clocks, events, frozen
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import Actor, act, lock

NOTE_USE_EVERY = timedelta(minutes=1)
OVERLAPS = (0, 1, 24, 72, 168)


@transaction.atomic
def issue_api_key(
    organisation: Organisation,
    actor: User,
    name: str,
    scopes: list[str],
    *,
    months: int = 12,
    mode: str = ApiMode.LIVE,
    form_key: UUID | None = None,
) -> tuple[ApiClient, str]:
    """A new key and its secret, which nobody can read again.

    The same form sent twice (`form_key`) gives one key: as long as it was never used, the second answer
    carries a new secret and the first stops working, since the page with the first was never seen. A form that says
    something else, after a step back in the browser, is another key.
    """
    held = lock(Organisation, organisation.pk)
    if not permissions.may_manage_keys(held, actor):
        raise NotPermitted()
    wanted = _check(name, scopes, months)
    _check_mode(held, mode, wanted)
    secret = secrets.token_urlsafe(32)
    twin = ApiClient.objects.filter(form_key=form_key).first() if form_key else None
    if twin is not None and not _same_key(twin, held, actor, name, wanted, mode):
        twin = form_key = None
    if twin is not None:
        if twin.last_used_at is not None or twin.state != ApiClientState.ISSUED:
            raise Conflict(
                _("This key was already issued. Its secret was shown then and cannot be shown again.")
            )
        twin.secret_hash = hash_of(secret)
        twin.save(update_fields=["secret_hash"])
        return twin, f"{twin.prefix}.{secret}"
    end = clocks.add_months(clocks.today(), months)
    client = ApiClient.objects.create(
        organisation=held,
        name=name.strip(),
        prefix=f"{KEY_WORD}{secrets.token_hex(6)}",
        secret_hash=hash_of(secret),
        scopes=wanted,
        mode=mode,
        issued_by=actor,
        expires_at=clocks.now() + (end - clocks.today()),
        form_key=form_key,
    )
    events.record(
        held,
        act="api_key_issued",
        actor=actor,
        reason=client.name,
        data={"api_client": str(client.pk), "scopes": wanted, "mode": mode},
    )
    others = [person for person in managers_of(held) if person.pk != actor.pk]
    tell(
        others,
        "accounts/key_issued",
        url="/organisation/",
        name=client.name,
        actor=actor.label,
        organisation=held.name,
    )
    return client, f"{client.prefix}.{secret}"


def _same_key(
    twin: ApiClient, held: Organisation, actor: User, name: str, wanted: list[str], mode: str
) -> bool:
    """Whether a key that came with the same form is the very one that is asked for."""
    mine = twin.organisation_id == held.pk and twin.issued_by_id == actor.pk
    return mine and (twin.name, twin.scopes, twin.mode) == (name.strip(), wanted, mode)


@transaction.atomic
def rotate_api_key(*, client_id: UUID | str, actor: User, hours: int) -> tuple[ApiClient, str]:
    """A new secret for a key, shown once; the old one opens for `hours` more. Its end and scopes stay.

    Raises NotPermitted, BadInput (hours), Conflict (revoked, or its time is over).
    """
    client = lock(ApiClient, client_id)
    if not permissions.may_manage_api_client(client, actor):
        raise NotPermitted()
    if hours not in OVERLAPS:
        raise BadInput(fields={"hours": [_("Choose how long the old key goes on.")]})
    if client.state != ApiClientState.ISSUED or client.expired:
        raise Conflict(_("This key opens nothing any more. Issue a new one."))
    secret = secrets.token_urlsafe(32)
    old_until = clocks.now() + timedelta(hours=hours) if hours else None
    client.old_secret_hash, client.old_until = (client.secret_hash if hours else ""), old_until
    client.secret_hash = hash_of(secret)
    client.save(update_fields=["secret_hash", "old_secret_hash", "old_until"])
    events.record(client, act="rotated", actor=actor, reason=client.name, data={"hours": hours})
    return client, f"{client.prefix}.{secret}"


@transaction.atomic
def revoke_api_key(*, client_id: UUID | str, actor: User, reason: str = "") -> ApiClient:
    """The key opens nothing from this moment; the others who look after keys are told.

    Raises Conflict (revoked already), NotPermitted, and ReasonRequired of the scheme, which says why to the owner.
    """
    client = lock(ApiClient, client_id)
    if not permissions.may_manage_api_client(client, actor) and not reason.strip():
        if not permissions.may_revoke_api_client(client, actor):
            raise NotPermitted()
        raise ReasonRequired(fields={"reason": [_("Say why. The owner of the key reads it word for word.")]})
    act(client.revoke, actor=actor, reason=reason)
    _tell_of_end(client, "accounts/key_revoked", actor, reason.strip())
    return client


@transaction.atomic
def give_up_api_key(key: str) -> None:
    """End a key by holding it: nobody needs to be asked whether a key that others have may go on.

    Nothing comes back, so that nobody learns whether it was a key of ours. A secret that was replaced and opens for
    its last hours ends alone: the new one did not leak with it.
    """
    text = key.strip()
    found = api_client_of(text)
    if found is None:
        return
    client = lock(ApiClient, found.pk)
    fingerprint = hash_of(text.partition(".")[2])
    if client.state != ApiClientState.ISSUED or client.expired or not client.opens_with(fingerprint):
        return
    if client.opens_as_new(fingerprint):
        act(client.revoke, actor=events.SYSTEM, reason=_("Given up by somebody who held the key."))
        _tell_of_end(client, "accounts/key_given_up", events.SYSTEM)
        return
    client.old_secret_hash, client.old_until = "", None
    client.save(update_fields=["old_secret_hash", "old_until"])
    events.record(client, act="old_key_given_up", actor=events.SYSTEM, reason=client.name)
    _tell_of_end(client, "accounts/old_key_given_up", events.SYSTEM)


def _tell_of_end(client: ApiClient, template: str, actor: Actor, reason: str = "") -> None:
    """Into the history of the organisation, where its key was issued, and to those who look after keys."""
    events.record(
        client.organisation,
        act="api_key_ended",
        actor=actor,
        reason=f"{client.name}: {reason}" if reason else client.name,
        data={"api_client": str(client.pk)},
    )
    tell(
        [person for person in managers_of(client.organisation) if person.pk != actor.id],
        template,
        url="/organisation/",
        name=client.name,
        prefix=client.prefix,
        actor=actor.label,
        organisation=client.organisation.name,
        reason=reason,
    )


def note_use(client: ApiClient) -> None:
    """Remember that a key was used, at most once a minute so that a busy key is not a busy row."""
    now = clocks.now()
    if frozen.since() is not None:
        return
    if client.last_used_at is not None and client.last_used_at > now - NOTE_USE_EVERY:
        return
    ApiClient.objects.filter(pk=client.pk).filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTE_USE_EVERY)
    ).update(last_used_at=now)


def _check(name: str, scopes: list[str], months: int) -> list[str]:
    problems: dict[str, list[str]] = {}
    if not name.strip():
        problems["name"] = [_("Say what the key is for, such as “Nightly supplier check”.")]
    elif len(name.strip()) > 100:
        problems["name"] = [_("Use at most 100 characters.")]
    wanted = [scope for scope in ApiScope.values if scope in scopes]
    if not wanted or len(wanted) != len(set(scopes)):
        problems["scopes"] = [_("Choose what the key may read.")]
    if not 1 <= months <= 24:
        problems["months"] = [_("A key is valid for 1 to 24 months.")]
    if problems:
        raise BadInput(fields=problems)
    return wanted


def _check_mode(held: Organisation, mode: str, wanted: list[str]) -> None:
    """Developers get live keys for what the scheme opened to them; a sandbox key is anybody's."""
    if mode not in ApiMode.values:
        raise BadInput(fields={"mode": [_("Choose sandbox or live.")]})
    allowed = live_scopes_of(held)
    if mode == ApiMode.LIVE and allowed is not None and not set(wanted) <= set(allowed):
        text = (
            _("The scheme opened %(scopes)s to your live keys. Take the marks of the others away.")
            if allowed
            else _("The scheme has not opened the register to your software yet. Ask for live keys first.")
        )
        raise BadInput(fields={"mode": [text % {"scopes": ", ".join(allowed)} if allowed else text]})
