"""A supplier is asked for its part by e-mail, fills it in without an account, and the employer takes it in.

The token in the link is an HMAC over the invitation's id and the moment it was sent. It is recomputed when the mail is
written: neither the row nor the outbox ever holds it; the row holds its hash.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import clocks, events, mail, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from supplychain.chains.models import ChainVersion, Entry, Invitation, Party
from supplychain.chains.rules import is_no_name
from supplychain.chains.rules.commitment import commit, proves, written
from supplychain.chains.selectors.inviting import VAULT, hash_of, invitation_by_token, opened
from supplychain.chains.services.changing import changing, note_version, own
from supplychain.chains.services.linking import Terms, place_link
from supplychain.chains.services.writing import About, check_party, own_party, place_party
from supplychain.chains.states import (
    INTERMEDIARIES,
    EntryStatus,
    FeeTerms,
    InvitationState,
    PartyKind,
    Source,
)
from supplychain.lookups.selectors import find
from supplychain.lookups.states import IDENTIFIED, How

SEND_JOB = "chains.send_invitation"
MOST_ENTRIES = 500
BELOW_SUPPLIER = tuple(kind for kind in PartyKind if kind != PartyKind.BUYER)


@dataclass(frozen=True)
class Supplier:
    """Who acts when the holder of a link acts: there is no account behind it."""

    label: str
    id: UUID | None = None
    organisation: Organisation | None = None


def token_of(invitation: Invitation) -> str:
    """The token that stands in the link of the last e-mail sent."""
    words = f"{invitation.pk}:{invitation.sent_at.timestamp():.6f}"
    digest = salted_hmac("supplychain.chains.invitation", words, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


# -- the employer ---------------------------------------------------------------------------------------


@transaction.atomic
def invite_supplier(
    *, actor: User, party_id: UUID, email: str, contact: str = "", message: str = ""
) -> Invitation:
    """Ask a supplier for what stands below it. Raises NotPermitted, BadInput, Conflict (asked already)."""
    organisation = own(actor)
    party = own_party(party_id, organisation)
    if party.kind == PartyKind.COHORT:
        raise BadInput(_("A group of workers cannot be asked. Choose the party above it."))
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(fields={"email": [_("Give an e-mail address such as name@example.org.")]}) from None
    if len(contact) > 120 or len(message) > 2_000:
        raise BadInput(fields={"message": [_("Write at most 2,000 characters, and a name of at most 120.")]})
    waiting = Invitation.objects.filter(party=party, email=email, state=InvitationState.SENT)
    if waiting.filter(ends_on__gte=clocks.today()).exists():
        raise Conflict(_("%(email)s was asked already. You can send the link again.") % {"email": email})
    invitation = Invitation(
        organisation=organisation,
        party=party,
        email=email,
        contact=contact.strip(),
        message=message.strip(),
        invited_by=actor,
    )
    _issue(invitation)
    events.record(invitation, act="invited", actor=actor, data={"party": str(party.pk)})
    return invitation


def _issue(invitation: Invitation) -> None:
    invitation.sent_at = clocks.now()
    invitation.ends_on = clocks.today() + timedelta(days=clocks.number("chain_invitation_days"))
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save()
    outbox.enqueue(SEND_JOB, invitation_id=str(invitation.pk))


def _own_invitation(invitation_id: UUID, actor: User) -> Invitation:
    organisation = own(actor)
    row = lock(Invitation, invitation_id)
    if row.organisation_id != organisation.pk:
        raise NotPermitted()
    return row


@transaction.atomic
def send_again(*, invitation_id: UUID, actor: User) -> Invitation:
    """A new link by e-mail; the old one stops working and the time starts again. Lines written so far stay."""
    row = _own_invitation(invitation_id, actor)
    if row.state not in {InvitationState.SENT, InvitationState.ANSWERED}:
        raise Conflict(_("This invitation has ended. Ask the supplier anew."))
    _issue(row)
    events.record(row, act="sent_again", actor=actor)
    return row


@transaction.atomic
def revoke_invitation(*, invitation_id: UUID, actor: User, reason: str = "") -> None:
    """The link stops working."""
    act(_own_invitation(invitation_id, actor).revoke, actor=actor, reason=reason)


def send_invitation(*, invitation_id: UUID) -> None:
    """Write the e-mail. Nothing goes out when the link no longer works."""
    row = (
        Invitation.objects.select_related("organisation", "party", "invited_by")
        .filter(pk=invitation_id)
        .first()
    )
    if row is None or not row.is_open:
        return
    mail.send_template(
        to=row.email,
        template="chains/invitation",
        context={
            "contact": row.contact,
            "organisation": row.organisation.name,
            "inviter": row.invited_by.label,
            "party": row.party.name,
            "message": row.message,
            "until": row.ends_on,
            "link": f"{settings.IRIS_PUBLIC_URL}{reverse('chains:part', args=[token_of(row)])}",
        },
        key=f"chain-invitation:{row.pk}:{row.sent_at.timestamp():.6f}",
    )


@transaction.atomic
def accept_entries(*, invitation_id: UUID, actor: User, entry_ids: list[UUID] | None = None) -> int:
    """Take lines of a supplier into the chain, as declared by it: all that wait, or these. Returns how many.

    A line below one that was not taken in stays behind.
    """
    row = _own_invitation(invitation_id, actor)
    organisation = row.organisation
    taken = 0
    with changing(organisation) as version:
        waiting = [
            one
            for one in row.entries.select_for_update(of=("self",)).select_related("above", "above__party")
            if one.status == EntryStatus.SENT and (entry_ids is None or one.pk in entry_ids)
        ]
        done = {
            one.pk: one for one in row.entries.filter(status=EntryStatus.ACCEPTED).select_related("party")
        }
        for entry in waiting:
            if entry.above_id is not None and entry.above_id not in done:
                continue
            above = done[entry.above_id].party if entry.above_id else row.party
            assert above is not None
            entry.party = _take_in(entry, above, row, actor, version)
            entry.status = EntryStatus.ACCEPTED
            entry.save(update_fields=["party", "status"])
            done[entry.pk] = entry
            taken += 1
    _close_when_done(row, actor)
    return taken


def _take_in(entry: Entry, above: Party, row: Invitation, actor: User, version: ChainVersion) -> Party:
    if entry.confidential:
        party = _confidential(entry, row, version)
        events.record(party, act="added", actor=actor, data={"kind": party.kind, "confidential": True})
    else:
        kind = PartyKind(entry.kind)
        name = "" if is_no_name(entry.name) else entry.name
        party = place_party(row.organisation, actor, kind, name, entry.country, About(number=entry.number))
    link, made = place_link(
        row.organisation,
        above.pk,
        party.pk,
        entry.since,
        {
            "workers": entry.workers,
            "fee_terms": entry.fee_terms,
            "fee_minor": entry.fee_minor,
            "fee_currency": entry.fee_currency,
            "source": Source.SUPPLIER,
            "declared_by": f"{row.party.name}: {row.label}"[:200],
        },
    )
    if made:
        events.record(link, act="added", actor=actor, data={"source": "supplier"})
    return party


def _confidential(entry: Entry, row: Invitation, version: ChainVersion) -> Party:
    version.hidden_names += 1
    pattern = (
        _("Confidential recruiter %(n)s") if entry.kind in INTERMEDIARIES else _("Confidential party %(n)s")
    )
    party = Party.objects.create(
        organisation_id=row.organisation_id,
        kind=entry.kind,
        name=pattern % {"n": version.hidden_names},
        country=entry.country,
        confidential=True,
        sealed=entry.sealed,
        commitment=entry.commitment,
        hidden_agency_id=entry.hidden_agency_id,
    )
    note_version(party)
    return party


@transaction.atomic
def refuse_entry(*, entry_id: UUID, actor: User, reason: str) -> Entry:
    """Do not take a line in, nor what stands below it; the supplier reads why."""
    entry = Entry.objects.select_related("invitation").get(pk=entry_id)
    row = _own_invitation(entry.invitation_id, actor)
    if not reason.strip():
        raise BadInput(fields={"reason": [_("Say why, so that the supplier can correct it.")]})
    wave = [entry.pk]
    while wave:
        lines = row.entries.filter(pk__in=wave, status=EntryStatus.SENT)
        lines.update(status=EntryStatus.REFUSED, reason=reason.strip()[:300])
        wave = list(row.entries.filter(above_id__in=wave).values_list("pk", flat=True))
    events.record(row, act="entry_refused", actor=actor, reason=reason)
    _close_when_done(row, actor)
    entry.refresh_from_db()
    return entry


def _close_when_done(row: Invitation, actor: User) -> None:
    waiting = row.entries.filter(status=EntryStatus.SENT).exists()
    if not waiting and row.state == InvitationState.ANSWERED:
        act(row.close, actor=actor)


# -- the supplier ---------------------------------------------------------------------------------------


def _held(token: str) -> Invitation:
    found = invitation_by_token(token)
    if found is None:
        raise Conflict(_("This link is not known. Use the one in the last e-mail."))
    row = lock(Invitation, found.pk)
    if not row.is_open:
        raise Conflict(
            _("This link no longer works. Ask %(who)s for a new one.") % {"who": found.organisation.name}
        )
    return row


@dataclass(frozen=True)
class Line:
    """What a supplier says of one party below itself, or below another line of its own."""

    kind: str
    name: str
    country: str = ""
    number: str = ""
    since: date | None = None
    workers: int | None = None
    fee_terms: str = FeeTerms.UNKNOWN
    fee: str = ""
    fee_currency: str = ""
    confidential: bool = False
    above: UUID | None = None


@transaction.atomic
def add_entry(*, token: str, line: Line) -> Entry:
    """Write a line down. Raises BadInput, Conflict (the link no longer works)."""
    row = _held(token)
    if row.entries.count() >= MOST_ENTRIES:
        raise BadInput(_("That is the most one link takes. Send this part and ask for another link."))
    if line.kind not in [str(kind) for kind in BELOW_SUPPLIER]:
        raise BadInput(fields={"kind": [_("Choose what it is.")]})
    kind, name = PartyKind(line.kind), written(line.name)
    nameless = kind in INTERMEDIARIES and is_no_name(name)
    check_party(kind, "" if nameless else name, line.country, About(number=line.number))
    if nameless and line.confidential:
        raise BadInput(fields={"name": [_("Give the name that is to be kept: it is sealed and not shown.")]})
    if not nameless and name.casefold() == row.party.name.casefold() and kind == row.party.kind:
        raise BadInput(fields={"name": [_("That is you. Name a party below you.")]})
    if line.above and not row.entries.filter(pk=line.above).exists():
        raise BadInput(fields={"above": [_("Choose one of your own lines.")]})
    since = line.since or clocks.today()
    terms = Terms(
        workers=line.workers, fee_terms=line.fee_terms, fee=line.fee, fee_currency=line.fee_currency
    ).fields(since)
    return Entry.objects.create(
        invitation=row,
        above_id=line.above,
        kind=kind,
        country=line.country,
        since=since,
        workers=terms["workers"],
        fee_terms=terms["fee_terms"],
        fee_minor=terms["fee_minor"],
        fee_currency=terms["fee_currency"],
        **_name_fields(kind, "" if nameless else name, line),
    )


def _name_fields(kind: PartyKind, name: str, line: Line) -> dict[str, Any]:
    if not line.confidential:
        return {"name": name, "number": line.number.strip()}
    salt = secrets.token_hex(32)
    kept = json.dumps({"name": name, "number": line.number.strip(), "salt": salt})
    return {
        "name": _("Name kept"),
        "number": "",
        "confidential": True,
        "sealed": VAULT.seal(kept),
        "commitment": commit(name, salt),
        "hidden_agency_id": _agency_meant(kind, name, line),
    }


def _agency_meant(kind: PartyKind, name: str, line: Line) -> UUID | None:
    """The agency of a kept name: by a number, or by the very name in the very country. Never by a likeness."""
    if kind not in INTERMEDIARIES:
        return None
    by_number = find(line.number, line.country) if line.number.strip() else None
    if by_number is not None and by_number.agency_id and by_number.how in IDENTIFIED:
        return by_number.agency_id
    found = find(name, line.country)
    if found.how == How.SAME_NAME and line.country and found.settles(line.country):
        return found.agency_id
    return None


@transaction.atomic
def drop_entry(*, token: str, entry_id: UUID) -> None:
    """Take a line back, with what stands below it, as long as it was not taken in."""
    row = _held(token)
    wave, gone = [entry_id], []
    while wave:
        lines = row.entries.filter(pk__in=wave).exclude(status=EntryStatus.ACCEPTED)
        found = list(lines.values_list("pk", flat=True))
        gone.append(found)
        wave = list(row.entries.filter(above_id__in=found).values_list("pk", flat=True))
    for found in reversed(gone):
        row.entries.filter(pk__in=found, below__isnull=True).delete()


@transaction.atomic
def send_part(*, token: str) -> int:
    """Send every line written so far to the buyer. Returns how many were sent now."""
    row = _held(token)
    sent = row.entries.filter(status=EntryStatus.DRAFT).update(status=EntryStatus.SENT)
    if not sent:
        raise BadInput(_("There is nothing new to send. Add a line first."))
    act(row.answer, actor=Supplier(row.label), data={"lines": sent})
    outbox.enqueue("chains.part_came_in", invitation_id=str(row.pk))
    return sent


@transaction.atomic
def note_opened(*, invitation_id: UUID) -> None:
    """The link was opened for the first time."""
    Invitation.objects.filter(pk=invitation_id, opened_at=None).update(opened_at=clocks.now())


@transaction.atomic
def open_name(*, token: str, entry_id: UUID) -> Party:
    """The supplier tells a kept name. Name and salt become readable, so anyone can check the commitment."""
    found = invitation_by_token(token)
    if found is None or found.state == InvitationState.REVOKED:
        raise Conflict(_("This link is not known. Use the one in the last e-mail."))
    with changing(found.organisation):
        entry = found.entries.select_related("party").get(pk=entry_id, confidential=True)
        if entry.party is None or not entry.party.confidential:
            raise Conflict(_("This name is open already, or its line was not taken in."))
        party = lock(Party, entry.party.pk)
        kept = opened(entry.sealed)
        if not proves(party.commitment, kept["name"], kept["salt"]):
            raise Conflict(_("The name that was kept does not fit what was committed to. Tell the scheme."))
        party.confidential, party.sealed = False, None
        party.name, party.number = _free_name(party, kept["name"]), kept["number"]
        party.opened_salt = kept["salt"]
        party.agency_id, party.hidden_agency = party.hidden_agency_id, None
        party.save()
        note_version(party)
        events.record(party, act="name_opened", actor=Supplier(found.label))
    return party


def _free_name(party: Party, name: str) -> str:
    twin = Party.objects.filter(
        organisation_id=party.organisation_id, kind=party.kind, name=name, country=party.country, gone_at=None
    ).exclude(pk=party.pk)
    return _("%(name)s (opened)") % {"name": name} if twin.exists() else name


def tell_part_came_in(*, invitation_id: UUID) -> None:
    """Tell the employer's person that a supplier has answered."""
    from iris.notify.services import notify

    row = Invitation.objects.select_related("party", "invited_by").get(pk=invitation_id)
    notify(
        people=[row.invited_by],
        template="chains/part_came_in",
        context={"party": row.party.name, "contact": row.label},
        url=reverse("chains:supplier", args=[row.pk]),
    )
