"""Taking a dispute in: from anybody on the public page, from somebody signed in, from a key."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.certificates.models import Certificate
from certification.certificates.services import next_serial
from certification.corrections.models import Dispute
from certification.corrections.models.dispute import LONGEST_REPLY, LONGEST_TEXT
from certification.corrections.permissions import SPEAKING
from certification.corrections.selectors import disputable
from certification.corrections.services.telling import tell_scheme, tell_sender
from certification.corrections.states import OPEN_DISPUTES, About, Channel
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.caches import tally
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock

SERIES = "dispute"
TOO_MANY = "too_many_disputes"
SIGNED = (Channel.ACCOUNT, Channel.API)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DisputeEntry:
    """What somebody says is wrong. `name` and `email` are of people without an account; `reply` is an agency's."""

    about: str
    wrong: str
    right: str = ""
    proof: str = ""
    certificate_number: str = ""
    name: str = ""
    email: str = ""
    reply: str = ""


@transaction.atomic
def dispute_publicly(*, agency_id: UUID, entry: DisputeEntry, address: str = "") -> Dispute:
    """Anybody disputes an entry. Raises Agency.DoesNotExist, BadInput, Conflict (a flood).

    `address` is where the call came from: only a hash of it is counted for a day, nothing of it is kept.
    """
    agency = _agency(agency_id)
    checked = _checked(agency, entry, public=True)
    _refuse_flood(agency, checked, address)
    row = _create(agency, checked, None, Channel.PAGE)
    _announce(row)
    return row


@transaction.atomic
def dispute_as(
    *, agency_id: UUID, entry: DisputeEntry, actor: User, channel: str = Channel.ACCOUNT
) -> Dispute:
    """Somebody signed in disputes an entry, for their organisation. The very same one twice is one.

    Raises Agency.DoesNotExist, BadInput, NotPermitted (a contributor of the agency), Conflict (too many open).
    """
    agency = _agency(agency_id)
    organisation = actor.organisation
    ours = organisation is not None and organisation.pk == agency.organisation_id
    if ours and not actor.has_role(*SPEAKING):
        raise NotPermitted(_("A signatory or a manager of the agency disputes its entry."))
    if entry.reply.strip() and not ours:
        raise BadInput(fields={"reply": [_("Only the agency itself replies in public. Leave this empty.")]})
    checked = _checked(agency, entry, public=False)
    open_ones = Dispute.objects.filter(
        agency=agency, organisation=organisation, state__in=OPEN_DISPUTES, channel__in=SIGNED
    )
    if organisation is None:
        open_ones = open_ones.filter(sender=actor)
    same = open_ones.filter(about=checked.about, wrong=checked.wrong, right=checked.right).first()
    if same is not None:
        return same
    if open_ones.count() >= clocks.number("register_disputes_open"):
        text = _(
            "You have %(count)s open disputes of this entry. Wait for the answers, or take one back and say all in one."
        )
        raise Conflict(text % {"count": clocks.number("register_disputes_open")}, code=TOO_MANY)
    row = _create(agency, checked, actor, channel)
    _announce(row)
    return row


def _agency(agency_id: UUID) -> Agency:
    """The agency, locked, so that two disputes at the same moment are counted one after the other."""
    return lock(Agency, disputable().values_list("pk", flat=True).get(pk=agency_id))


def _checked(agency: Agency, entry: DisputeEntry, *, public: bool) -> DisputeEntry:
    fields: dict[str, list[str]] = {}
    wrong, right = entry.wrong.strip(), entry.right.strip()
    if entry.about not in About.values:
        fields["about"] = [_("Choose what is wrong.")]
    if not wrong:
        fields["wrong"] = [_("Say what is wrong.")]
    for name, text, most in (
        ("wrong", wrong, LONGEST_TEXT),
        ("right", right, LONGEST_TEXT),
        ("proof", entry.proof.strip(), 1000),
        ("reply", entry.reply.strip(), LONGEST_REPLY),
        ("name", entry.name.strip(), 200),
    ):
        if len(text) > most:
            told = _("Expected at most %(most)s characters, found %(found)s. Shorten it.")
            fields[name] = [told % {"most": most, "found": len(text)}]
    number = entry.certificate_number.strip()
    if number and not Certificate.objects.filter(agency=agency, number=number).exists():
        fields["certificate_number"] = [
            _("This agency has no certificate of this number. Copy it from its page, or leave it away.")
        ]
    if public and (problem := _email_problem(entry.email.strip())):
        fields["email"] = [problem]
    if fields:
        raise BadInput(fields=fields)
    name, email = (entry.name.strip(), entry.email.strip().lower()) if public else ("", "")
    reply = "" if public else entry.reply.strip()
    return DisputeEntry(entry.about, wrong, right, entry.proof.strip(), number, name, email, reply)


def _email_problem(email: str) -> str:
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        return _("Expected an e-mail address such as name@example.org. Correct it, or leave it.")
    return ""


def _refuse_flood(agency: Agency, entry: DisputeEntry, address: str) -> None:
    """Against floods of the page, and against making us write to somebody who never asked."""
    since = clocks.now() - timedelta(days=1)
    today = Dispute.objects.filter(channel=Channel.PAGE, created_at__gte=since)
    too_many = today.filter(agency=agency).count() >= clocks.number("register_disputes_a_day")
    of_one = clocks.number("register_disputes_sender_day")
    if entry.email and today.filter(sender_email=entry.email).count() >= of_one:
        too_many = True
    if too_many or (address and _calls_of(address) > of_one):
        text = _(
            "Very many disputes came today, so this page takes no more until tomorrow. Write to the scheme instead, or "
            "sign in."
        )
        raise Conflict(text, code=TOO_MANY)


def _calls_of(address: str) -> int:
    """How many disputes came from one address today, this one counted; 0 when nobody can count."""
    digest = hashlib.sha256(f"{clocks.today()}|{address}".encode()).hexdigest()[:32]
    try:
        return tally(f"disputes:{digest}", 86_400)
    except Exception:  # whatever the cache's client raises; the limits of the database stand
        log.exception("Disputes of an address cannot be counted: the shared cache does not answer")
        return 0


def _create(agency: Agency, entry: DisputeEntry, actor: User | None, channel: str) -> Dispute:
    today = clocks.today()
    organisation = actor.organisation if actor else None
    return Dispute.objects.create(
        reference=f"E-{today:%Y}-{next_serial(SERIES):04d}",
        code=_new_code(),
        agency=agency,
        certificate_number=entry.certificate_number,
        about=entry.about,
        wrong=entry.wrong,
        right=entry.right,
        proof=entry.proof,
        channel=channel,
        sender=actor,
        organisation=organisation,
        by_agency=organisation is not None and organisation.pk == agency.organisation_id,
        sender_name=entry.name,
        sender_email=entry.email,
        reply=entry.reply,
        received_on=today,
        due_on=clocks.deadline(today, "register_dispute_days"),
    )


def _new_code() -> str:
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def _announce(row: Dispute) -> None:
    """Written down, acknowledged, and in the inboxes of the scheme's people."""
    events.record(
        row,
        act="received",
        actor=row.sender or events.SYSTEM,
        to_state=str(row.state),
        data={"reference": row.reference, "about": str(row.about), "channel": str(row.channel)},
    )
    tell_scheme("dispute_received", row, {"agency": row.agency.legal_name, "about": row.get_about_display()})
    tell_sender("dispute_taken" if row.sender else "sender_taken", row)


@transaction.atomic
def withdraw_dispute(*, dispute_id: UUID, actor: User) -> Dispute:
    """The sender takes it back."""
    return _withdrawn(lock(Dispute, dispute_id), actor)


@transaction.atomic
def withdraw_by_code(*, code: str) -> Dispute:
    """The same without an account, by whoever holds the code."""
    found = Dispute.objects.values_list("pk", flat=True).get(code=code)
    return _withdrawn(lock(Dispute, found), events.SYSTEM)


def _withdrawn(row: Dispute, actor: User | events.SystemActor) -> Dispute:
    act(row.withdraw, actor=actor, data={"reference": row.reference})
    tell_scheme("dispute_withdrawn", row, {"agency": row.agency.legal_name})
    return row
