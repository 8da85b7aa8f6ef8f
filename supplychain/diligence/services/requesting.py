"""Requests for information: received, acknowledged, asked back, extended, answered or refused; each with its day."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.accounts.states import Role
from iris.core import clocks, events, files, mail, outbox
from iris.core.days import for_the_record, in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.notify import services as notify
from supplychain.diligence.models import InformationRequest, RequestMessage, RequestPaper, Settings
from supplychain.diligence.permissions import works_on
from supplychain.diligence.rules import answer_due, extended_due
from supplychain.diligence.selectors import clock_of, requests_due
from supplychain.diligence.services.setting import settings_for
from supplychain.diligence.services.writing import next_number, own, said
from supplychain.diligence.states import Channel, InboxLaw, MessageKind, RequestState

MAIL_JOB = "diligence.mail_asker"
MOST_PAPERS = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
Uploads = Sequence["UploadedFile[Any]"]


@dataclass(frozen=True)
class RequestEntry:
    """What is known of a request. Whoever asks need not say who they are."""

    text: str
    asker: str = ""
    contact: str = ""
    channel: str = Channel.PAGE
    received_on: date | None = None


@transaction.atomic
def change_inbox(*, actor: User, is_open: bool, law: str, days: int | None, words: str = "") -> Settings:
    """Open or close the public inbox, and say by whose clock it runs."""
    organisation = own(actor)
    if law not in InboxLaw.values:
        raise BadInput(fields={"law": [_("Choose by whose clock you answer.")]})
    if days is not None and not 1 <= days <= 90:
        raise BadInput(
            fields={
                "days": [
                    _("Expected 1 to 90 days, found %(found)s. Choose a time you can keep.") % {"found": days}
                ]
            }
        )
    row = settings_for(organisation)
    row.inbox_open, row.inbox_law, row.inbox_words = is_open, law, words.strip()[:2_000]
    row.inbox_days = days if law == InboxLaw.OWN else None
    row.save()
    events.record(row, act="changed", actor=actor, data={"inbox_open": is_open, "law": law, "days": days})
    return row


@transaction.atomic
def ask(*, organisation: Organisation, entry: RequestEntry) -> InformationRequest:
    """Anybody asks an employer through its public page. Raises BadInput, Conflict (closed, or a flood)."""
    row = Settings.objects.select_for_update().filter(organisation=organisation, inbox_open=True).first()
    if row is None:
        raise Conflict(_("This employer takes no requests here. Write to its published address instead."))
    since = clocks.now() - timedelta(days=1)
    today = InformationRequest.objects.filter(
        organisation=organisation, channel=Channel.PAGE, created_at__gte=since
    ).count()
    if today >= clocks.number("requests_a_day"):
        raise Conflict(
            _("This inbox has taken very many requests today. Try again tomorrow, or send a letter.")
        )
    return _receive(organisation, entry, clocks.today(), None)


@transaction.atomic
def record_request(*, actor: User, entry: RequestEntry, uploads: Uploads = ()) -> InformationRequest:
    """The employer writes down a letter or an e-mail. The clock runs from the day it arrived."""
    organisation = own(actor)
    day = entry.received_on or clocks.today()
    if day > clocks.today():
        raise BadInput(
            fields={"received_on": [_("It cannot arrive in the future. Give the day it came in.")]}
        )
    if entry.channel not in Channel.values or entry.channel == Channel.PAGE:
        raise BadInput(fields={"channel": [_("Choose how it came in.")]})
    return _receive(organisation, entry, day, actor, uploads)


def _receive(
    organisation: Organisation, entry: RequestEntry, day: date, actor: User | None, uploads: Uploads = ()
) -> InformationRequest:
    text = said(entry.text, "text", _("Say what you would like to know."))
    contact = entry.contact.strip()
    if contact and (entry.channel == Channel.PAGE or "@" in contact):
        try:
            validate_email(contact)
        except ValidationError as error:
            raise BadInput(
                fields={
                    "contact": [
                        _("Expected an e-mail address such as name@example.org. Correct it, or leave it.")
                    ]
                }
            ) from error
    clock = clock_of(organisation, day)
    row = InformationRequest.objects.create(
        organisation=organisation,
        number=next_number("Q"),
        code=_new_code(),
        channel=entry.channel,
        law=clock.law,
        asker=entry.asker.strip()[:200],
        contact=contact[:254],
        received_on=day,
        answer_due=answer_due(clock, day),
        latest_due=max(extended_due(clock, day), answer_due(clock, day)),
    )
    moment = clocks.now() if day == clocks.today() else datetime.combine(day, time(12), tzinfo=UTC)
    _message(row, MessageKind.ASKED, text, actor, uploads, at=moment)
    events.record(
        row,
        act="received",
        actor=actor or events.SYSTEM,
        to_state=str(row.state),
        data={"number": row.number, "due": row.answer_due.isoformat(), "channel": str(row.channel)},
    )
    _tell_employer(row, "request_received")
    return row


def _new_code() -> str:
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def _message(
    row: InformationRequest,
    kind: str,
    text: str,
    actor: User | None,
    uploads: Uploads = (),
    *,
    at: datetime | None = None,
) -> RequestMessage:
    if len(uploads) > MOST_PAPERS:
        raise BadInput(
            fields={
                "uploads": [_("At most %(most)s files at once. Join some of them.") % {"most": MOST_PAPERS}]
            }
        )
    made = RequestMessage.objects.create(
        request=row, kind=kind, text=text, person=actor, at=at or clocks.now()
    )
    for upload in uploads:
        stored = files.store(
            upload, organisation_id=row.organisation_id, actor=actor or events.SYSTEM, field="uploads"
        )
        RequestPaper.objects.create(message=made, file=stored)
    return made


def _locked(request_id: UUID, actor: User) -> InformationRequest:
    row = lock(InformationRequest, request_id)
    if not works_on(row, actor):
        raise NotPermitted(_("Only sourcing managers of the employer answer its requests."))
    return row


@transaction.atomic
def acknowledge(*, request_id: UUID, actor: User) -> InformationRequest:
    """Confirm receipt, and say until when it is answered."""
    row = _locked(request_id, actor)
    act(row.acknowledge, actor=actor, data={"number": row.number})
    text = _("Your request has arrived. It is answered by %(day)s at the latest.") % {
        "day": for_the_record(row.due)
    }
    _message(row, MessageKind.ACKNOWLEDGED, text, actor)
    _tell_asker(row, "asker_news")
    return row


@transaction.atomic
def ask_back(*, request_id: UUID, actor: User, text: str) -> InformationRequest:
    """Ask what is meant. The clock runs on: the law knows no pause."""
    row = _locked(request_id, actor)
    question = said(text, "text", _("Say what you need to know to answer."))
    act(row.ask_back, actor=actor, data={"number": row.number})
    _message(row, MessageKind.CLARIFICATION, question, actor)
    _tell_asker(row, "asker_news")
    return row


@transaction.atomic
def clarify(*, code: str, text: str) -> InformationRequest:
    """The asker says what is meant, with the code and without an account."""
    row = lock(InformationRequest, InformationRequest.objects.get(code=code).pk)
    words = said(text, "text", _("Say what you mean."))
    act(row.clarify, actor=events.SYSTEM)
    _message(row, MessageKind.CLARIFIED, words, None)
    _tell_employer(row, "request_clarified")
    return row


@transaction.atomic
def note_clarification(*, request_id: UUID, actor: User, text: str) -> InformationRequest:
    """The employer writes down what the asker said by letter or telephone."""
    row = _locked(request_id, actor)
    words = said(text, "text", _("Say what the asker said."))
    act(row.clarify, actor=actor)
    _message(row, MessageKind.CLARIFIED, words, actor)
    return row


@transaction.atomic
def withdraw_request(*, code: str) -> InformationRequest:
    """The asker does not need it any more."""
    row = lock(InformationRequest, InformationRequest.objects.get(code=code).pk)
    act(row.withdraw, actor=events.SYSTEM)
    _message(row, MessageKind.WITHDRAWN, _("Taken back by the asker."), None)
    _tell_employer(row, "request_withdrawn")
    return row


@transaction.atomic
def extend(*, request_id: UUID, actor: User, until: date | None, reason: str) -> InformationRequest:
    """Take more time: told with the reason before the first last day has passed, once, and not beyond the longest."""
    row = _locked(request_id, actor)
    if not row.is_open:
        raise Conflict(_("This request is closed. There is nothing to extend."))
    why = said(reason, "reason", _("Give the reason: the asker is told, and the law asks for it."))
    if row.extended_to is not None:
        raise Conflict(
            _("The time was extended to %(day)s already. It is extended once.")
            % {"day": in_words(row.extended_to)}
        )
    if clocks.today() > row.answer_due:
        raise Conflict(
            _("The last day to tell of an extension was %(day)s. Answer as soon as you can.")
            % {"day": in_words(row.answer_due)}
        )
    if until is None or not row.answer_due < until <= row.latest_due:
        raise BadInput(
            fields={
                "until": [
                    _("Expected a day after %(first)s and not after %(last)s. Choose the day you can answer.")
                    % {"first": in_words(row.answer_due), "last": in_words(row.latest_due)}
                ]
            }
        )
    row.extended_to = until
    row.save()
    events.record(row, act="extended", actor=actor, reason=why, data={"until": until.isoformat()})
    _message(row, MessageKind.EXTENDED, f"{for_the_record(until)}. {why}", actor)
    _tell_asker(row, "asker_news")
    return row


@transaction.atomic
def answer(*, request_id: UUID, actor: User, text: str, uploads: Uploads = ()) -> InformationRequest:
    """Give the information, with papers where there are any."""
    row = _locked(request_id, actor)
    words = said(text, "text", _("Write the answer."), 20_000)
    act(row.answer, actor=actor, data={"number": row.number, "in_time": not row.late})
    _message(row, MessageKind.ANSWERED, words, actor, uploads)
    _tell_asker(row, "asker_news")
    return row


@transaction.atomic
def refuse(*, request_id: UUID, actor: User, ground: str, text: str) -> InformationRequest:
    """Do not give it, on a legal ground that is named; the asker may ask for fuller reasons."""
    row = _locked(request_id, actor)
    legal = said(
        ground, "ground", _("Name the legal ground, for example: section 6, second paragraph (c)."), 300
    )
    words = said(text, "text", _("Say in short why the ground holds."))
    row.reasons_due = clocks.deadline(clocks.today(), "request_reasons_days")
    act(row.refuse, actor=actor, reason=words, data={"number": row.number, "ground": legal}, ground=legal)
    _message(row, MessageKind.REFUSED, f"{legal}. {words}", actor)
    _tell_asker(row, "asker_news")
    return row


@transaction.atomic
def ask_for_reasons(*, code: str) -> InformationRequest:
    """The asker wants fuller reasons for a refusal, in time; the employer has as long to give them."""
    row = lock(InformationRequest, InformationRequest.objects.get(code=code).pk)
    if row.state != RequestState.REFUSED:
        raise Conflict(_("Fuller reasons are asked for after a refusal."))
    if row.messages.filter(kind=MessageKind.REASONS_ASKED).exists():
        raise Conflict(_("You have asked for them already."))
    if row.reasons_due is not None and clocks.today() > row.reasons_due:
        raise Conflict(
            _("The last day to ask was %(day)s. You can send a new request.")
            % {"day": in_words(row.reasons_due)}
        )
    row.reasons_due = clocks.deadline(clocks.today(), "request_reasons_days")
    row.save()
    events.record(row, act="reasons_asked", actor=events.SYSTEM, data={"due": row.reasons_due.isoformat()})
    _message(row, MessageKind.REASONS_ASKED, _("The asker asks for fuller reasons."), None)
    _tell_employer(row, "request_reasons")
    return row


@transaction.atomic
def give_reasons(*, request_id: UUID, actor: User, text: str) -> InformationRequest:
    """Fuller reasons for a refusal, in writing."""
    row = _locked(request_id, actor)
    if not row.messages.filter(kind=MessageKind.REASONS_ASKED).exists():
        raise Conflict(_("Nobody has asked for fuller reasons."))
    words = said(text, "text", _("Write the reasons."))
    events.record(row, act="reasons_given", actor=actor)
    _message(row, MessageKind.REASONS_GIVEN, words, actor)
    _tell_asker(row, "asker_news")
    return row


@transaction.atomic
def keep_note(*, request_id: UUID, actor: User, text: str) -> RequestMessage:
    """A note for colleagues. The asker does not see it."""
    row = _locked(request_id, actor)
    words = said(text, "text", _("Write the note."))
    events.record(row, act="noted", actor=actor)
    return _message(row, MessageKind.NOTE, words, actor)


def _tell_employer(row: InformationRequest, template: str, key: str = "") -> int:
    told = notify.notify_roles(
        organisation=row.organisation,
        roles=[Role.SOURCING_MANAGER],
        template=f"diligence/{template}",
        context={"number": row.number, "due": row.due.isoformat()},
        url=reverse("diligence:request", args=[row.pk]),
        key=key,
    )
    return len(told)


def _tell_asker(row: InformationRequest, template: str) -> None:
    if "@" in row.contact:
        outbox.enqueue(MAIL_JOB, request_id=str(row.pk), template=template)


def mail_asker(*, request_id: UUID, template: str) -> None:
    """The job: a short e-mail with the way to the page, and nothing of the content."""
    row = InformationRequest.objects.select_related("organisation").get(pk=request_id)
    count = row.messages.count()
    mail.send_template(
        to=row.contact,
        template=f"diligence/{template}",
        context={
            "number": row.number,
            "employer": row.organisation.name,
            "code": row.code,
            "page": f"{settings.IRIS_PUBLIC_URL}{reverse('diligence:follow', args=[row.code])}",
        },
        key=f"request:{row.pk}:{count}",
    )


def remind_of_requests() -> int:
    """Told once before the last day, and once when it has passed. Returns how many messages."""
    today = clocks.today()
    count = 0
    for row in requests_due(today + timedelta(days=clocks.number("request_reminder_days"))):
        word = "request_overdue" if row.due < today else "request_due"
        count += _tell_employer(row, word, key=f"{word}:{row.pk}:{row.due.isoformat()}")
    return count
