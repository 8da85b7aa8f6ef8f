"""Invitations: send, send again, take back, accept.

The token in the e-mail is an HMAC over the invitation's id and the moment it was sent under the server's key.
It is recomputed when the mail is written: neither the row nor the outbox ever holds it; the row holds its hash.
"""

from __future__ import annotations

import base64
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from iris.accounts import permissions
from iris.accounts.models import Invitation, Membership, Organisation, User
from iris.accounts.selectors import hash_of, invitation_by_token
from iris.accounts.services.members import check_role, put_member
from iris.accounts.services.people import clean_email
from iris.accounts.states import InvitationState, Role
from iris.core import clocks, events, mail, outbox
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock
from iris.core.models import Event

# The same form sent twice within this time is one act.
REPEAT = timedelta(minutes=1)
SENDING = ("invitation_sent", "invitation_resent")


def token_of(invitation: Invitation) -> str:
    """The token that stands in the link of the last e-mail sent."""
    words = f"{invitation.pk}:{invitation.sent_at.timestamp():.6f}"
    digest = salted_hmac("iris.accounts.invitation", words, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, actor: User) -> Invitation:
    """Invite an address to an organisation. Raises BadInput, NotPermitted, Conflict (invited already)."""
    held = lock(Organisation, organisation.pk)
    given, address = check_role(held, role), clean_email(email)
    if not permissions.may_give_role(held, given, actor):
        raise NotPermitted()
    if Membership.objects.filter(organisation_id=held.pk, active=True, user__email=address).exists():
        raise BadInput(fields={"email": [_("This person already belongs to your organisation.")]})
    waiting = Invitation.objects.filter(
        organisation_id=held.pk, email=address, state=InvitationState.OPEN
    ).first()
    if waiting is not None:
        if (
            waiting.invited_by_id == actor.pk
            and waiting.role == given
            and clocks.now() - waiting.sent_at < REPEAT
        ):
            return waiting
        if not waiting.expired and waiting.role == given:
            raise Conflict(
                _("%(email)s was already invited by %(name)s on %(when)s. You can send the invitation again.")
                % {"email": address, "name": waiting.invited_by.label, "when": in_words(waiting.sent_at)}
            )
        act(waiting.revoke, actor=actor)
    refuse_flood(held)
    invitation = Invitation(organisation=held, email=address, role=given, invited_by=actor)
    issue_invitation(invitation)
    events.record(
        held,
        act="invitation_sent",
        actor=actor,
        reason=f"{address}: {given.label}",
        data={"invitation": str(invitation.pk), "role": str(given)},
    )
    return invitation


@transaction.atomic
def resend_invitation(*, invitation_id: UUID | str, actor: User) -> Invitation:
    """Send a new link; the old one stops working and the time starts again. Raises Conflict, NotPermitted."""
    held = lock(
        Organisation, Invitation.objects.values_list("organisation_id", flat=True).get(pk=invitation_id)
    )
    invitation = lock(Invitation, invitation_id)
    if not permissions.may_manage_invitation(invitation, actor):
        raise NotPermitted()
    if invitation.state != InvitationState.OPEN:
        raise Conflict(_("This invitation was already answered or taken back."))
    refuse_flood(held)
    issue_invitation(invitation)
    events.record(
        invitation.organisation,
        act="invitation_resent",
        actor=actor,
        reason=invitation.email,
        data={"invitation": str(invitation.pk)},
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation_id: UUID | str, actor: User) -> Invitation:
    """Take an invitation back; its link stops working."""
    invitation = lock(Invitation, invitation_id)
    act(invitation.revoke, actor=actor)
    return invitation


@transaction.atomic
def accept_invitation(token: str, user: User) -> Membership:
    """Join. Raises TransitionRefused (unknown, out of time), NotPermitted (other address), Conflict."""
    found = invitation_by_token(token)
    if found is None:
        raise TransitionRefused(
            _("This link does not belong to an open invitation. Ask for a new one."),
            code="invitation_unknown",
        )
    return _accept(found, user)


@transaction.atomic
def accept_open_invitation(*, invitation_id: UUID | str, user: User) -> Membership:
    """Join by an invitation found under one's own confirmed address, without the link from the e-mail."""
    return _accept(Invitation.objects.get(pk=invitation_id), user)


def _accept(found: Invitation, user: User) -> Membership:
    organisation = lock(Organisation, found.organisation_id)
    invitation = lock(Invitation, found.pk)
    if invitation.state == InvitationState.ACCEPTED and invitation.accepted_by_id == user.pk:
        held = Membership.objects.filter(
            organisation_id=organisation.pk, user_id=user.pk, active=True
        ).first()
        if held is not None:
            return held
    if invitation.expired:
        raise TransitionRefused(
            _("This invitation was valid until %(when)s. Ask %(name)s to send it again.")
            % {"when": in_words(invitation.expires_at), "name": invitation.invited_by.label},
            code="invitation_expired",
        )
    if not permissions.may_accept_invitation(invitation, user):
        raise NotPermitted(
            _("This invitation is for another e-mail address. Sign in with the address it was sent to.")
        )
    act(invitation.accept, actor=user)
    return put_member(organisation, user, Role(invitation.role), user)


def send_invitation(*, invitation_id: UUID) -> None:
    """Write the e-mail. Nothing goes out when the invitation is no longer open."""
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by").filter(pk=invitation_id).first()
    )
    if invitation is None or invitation.state != InvitationState.OPEN or invitation.expired:
        return
    person = EmailAddress.objects.filter(email=invitation.email, verified=True).select_related("user").first()
    path = reverse("accounts:invitation", args=[token_of(invitation)])
    mail.send_template(
        to=invitation.email,
        template="accounts/invitation",
        context={
            "organisation": invitation.organisation.name,
            "inviter": invitation.invited_by.label,
            "role": invitation.get_role_display(),
            "until": invitation.expires_at.date(),
            "link": f"{settings.IRIS_PUBLIC_URL}{path}",
        },
        language=person.user.language if person else "en",
        key=f"invitation:{invitation.pk}:{invitation.sent_at.timestamp():.6f}",
    )


def issue_invitation(invitation: Invitation) -> None:
    """Give it a new moment, a new token and a new end, and ask for the e-mail."""
    invitation.sent_at = clocks.now()
    invitation.expires_at = invitation.sent_at + timedelta(days=clocks.number("invitation_days"))
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save()
    outbox.enqueue("accounts.send_invitation", invitation_id=str(invitation.pk))


def refuse_flood(sender: Organisation) -> None:
    """Whoever signed up a minute ago may have us write to people: so often a day and no more.

    The caller has locked the organisation, and records one of SENDING for each e-mail. Raises Conflict.
    """
    most = clocks.number("invitations_a_day")
    sent = Event.objects.filter(
        subject_type=events.subject_type(sender),
        subject_id=sender.pk,
        act__in=SENDING,
        at__gt=clocks.now() - timedelta(days=1),
    )
    if sent.count() >= most:
        text = _(
            "Your organisation sent %(most)s invitations within a day, which is the most. Go on tomorrow."
        )
        raise Conflict(text % {"most": most})
