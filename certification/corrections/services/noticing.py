"""Notices of authorities: filed by page or key, looked at by people of the scheme. Nothing follows by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency, Licence
from certification.agencies.selectors import number_key
from certification.certificates.services import next_serial
from certification.corrections import permissions
from certification.corrections.models import AuthorityNotice
from certification.corrections.models.dispute import LONGEST_TEXT
from certification.corrections.services.answering import answer_of
from certification.corrections.services.telling import tell_authority, tell_scheme
from certification.corrections.states import OWN_COUNTRY_ONLY, Channel, Measure
from iris.accounts.models import Organisation, User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.core.places import country_name, is_country

SERIES = "authority_notice"
FIELDS = ("measure", "country", "licence_number", "agency_name", "measure_on", "text")


@dataclass(frozen=True)
class NoticeEntry:
    """What an authority did, about whom, when, and under which file of its own."""

    measure: str
    text: str
    measure_on: date
    country: str = ""
    licence_number: str = ""
    agency_name: str = ""
    agency_id: UUID | None = None
    file_number: str = ""


@transaction.atomic
def file_notice(*, entry: NoticeEntry, actor: User, channel: str = Channel.ACCOUNT) -> AuthorityNotice:
    """Keep a notice and tell the scheme. The same file number with the same words is the same notice.

    Raises NotPermitted, BadInput, Conflict (a file number of another notice).
    """
    authority = actor.organisation
    if authority is None or not permissions.may_file(actor):
        raise NotPermitted(_("Only authorities that the scheme admitted file notices."))
    authority = lock(Organisation, authority.pk)
    given = _checked(entry, authority)
    known = _known(given, authority)
    if known is not None:
        return known
    today = clocks.today()
    row = AuthorityNotice.objects.create(
        reference=f"N-{today:%Y}-{next_serial(SERIES):04d}",
        authority=authority,
        filed_by=actor,
        channel=channel,
        agency_id=given.agency_id or _agency_of(given),
        file_number=given.file_number,
        received_on=today,
        due_on=clocks.deadline(today, "authority_notice_days"),
        **{name: getattr(given, name) for name in FIELDS},
    )
    events.record(
        row,
        act="received",
        actor=actor,
        to_state=str(row.state),
        data={"reference": row.reference, "measure": str(row.measure), "country": row.country},
    )
    context = {"authority": authority.name, "measure": row.get_measure_display(), "whom": row.whom}
    tell_scheme("notice_received", row, context)
    return row


def _checked(entry: NoticeEntry, authority: Organisation) -> NoticeEntry:
    country = entry.country.strip().upper() or authority.country
    given = NoticeEntry(
        measure=entry.measure,
        text=entry.text.strip(),
        measure_on=entry.measure_on,
        country=country,
        licence_number=" ".join(entry.licence_number.split()),
        agency_name=" ".join(entry.agency_name.split()),
        agency_id=entry.agency_id,
        file_number=entry.file_number.strip(),
    )
    fields: dict[str, list[str]] = {}
    if given.measure not in Measure.values:
        fields["measure"] = [_("Expected one of %(known)s.") % {"known": ", ".join(Measure.values)}]
    if not is_country(country):
        fields["country"] = [_("Expected an ISO 3166-1 alpha-2 country code.")]
    elif given.measure in OWN_COUNTRY_ONLY and country != authority.country:
        told = _(
            "Only the state that gave a licence suspends or revokes it; you act for %(mine)s. File a warning instead."
        )
        fields["country"] = [told % {"mine": country_name(authority.country)}]
    if not (given.licence_number or given.agency_name or given.agency_id):
        fields["licence_number"] = [_("Say whom it is about: a licence number, an agency's name or its id.")]
    if given.agency_id and not Agency.objects.filter(pk=given.agency_id).exists():
        fields["agency_id"] = [_("We know no agency of this id. Leave it away and give its name or licence.")]
    if not given.text:
        fields["text"] = [_("Say what was decided and why, as far as you may.")]
    for name, most in (
        ("text", LONGEST_TEXT),
        ("licence_number", 80),
        ("agency_name", 300),
        ("file_number", 80),
    ):
        found = len(str(getattr(given, name)))
        if found > most:
            told = _("Expected at most %(most)s characters, found %(found)s. Shorten it.")
            fields[name] = [told % {"most": most, "found": found}]
    if fields:
        raise BadInput(fields=fields)
    return given


def _known(given: NoticeEntry, authority: Organisation) -> AuthorityNotice | None:
    """The notice that came under this file number before."""
    if not given.file_number:
        return None
    row = AuthorityNotice.objects.filter(authority=authority, file_number=given.file_number).first()
    if row is None:
        return None
    another = given.agency_id is not None and given.agency_id != row.agency_id
    if another or any(getattr(row, name) != getattr(given, name) for name in FIELDS):
        told = _(
            "You filed %(reference)s under this file number, with other words. Give another notice another number."
        )
        raise Conflict(told % {"reference": row.reference}, code="file_number_used")
    return row


def _agency_of(given: NoticeEntry) -> UUID | None:
    """The one agency that declared this licence; none where several did."""
    if not given.licence_number:
        return None
    rows = Licence.objects.filter(country=given.country, number_key=number_key(given.licence_number))
    found = list(rows.values_list("agency_id", flat=True).distinct()[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def look_at_notice(*, notice_id: UUID, actor: User) -> AuthorityNotice:
    """Take a notice up."""
    row = lock(AuthorityNotice, notice_id)
    act(row.look_at, actor=actor, data={"reference": row.reference})
    return row


@transaction.atomic
def act_on_notice(*, notice_id: UUID, actor: User, answer: str) -> AuthorityNotice:
    """Something was done because of it: say what."""
    row = lock(AuthorityNotice, notice_id)
    words = answer_of(answer)
    act(row.act_on, actor=actor, reason=words, answer=words, data={"reference": row.reference})
    tell_authority(row)
    return row


@transaction.atomic
def note_notice(*, notice_id: UUID, actor: User, answer: str) -> AuthorityNotice:
    """Nothing is to be done: say why."""
    row = lock(AuthorityNotice, notice_id)
    words = answer_of(answer)
    act(row.note, actor=actor, reason=words, answer=words, data={"reference": row.reference})
    tell_authority(row)
    return row


@transaction.atomic
def withdraw_notice(*, notice_id: UUID, actor: User) -> AuthorityNotice:
    """The authority takes it back."""
    row = lock(AuthorityNotice, notice_id)
    act(row.withdraw, actor=actor, data={"reference": row.reference})
    tell_scheme("notice_withdrawn", row, {"authority": row.authority.name})
    return row
