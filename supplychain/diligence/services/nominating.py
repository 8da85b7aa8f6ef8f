"""Employers nominate; the scheme sees how many did, and writes to the agency."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import enrolled_agencies
from certification.certificates.selectors import standings_of
from iris.accounts.models import User
from iris.core import clocks, events, mail, outbox
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.core.places import is_country
from iris.matching import key
from supplychain.diligence.models import Nomination, Nominee
from supplychain.diligence.permissions import invites
from supplychain.diligence.selectors.nominations import known_nominee
from supplychain.diligence.services.writing import own, said
from supplychain.diligence.states import NomineeState, Source

INVITE_JOB = "diligence.mail_nominee"


@transaction.atomic
def nominate(
    *,
    actor: User,
    agency_id: UUID | None = None,
    name: str = "",
    country: str = "",
    email: str = "",
    website: str = "",
    why: str = "",
    source: str = Source.HAND,
    named: bool = False,
) -> Nomination:
    """Say that a recruiter should be certified. The same recruiter, named twice or by several employers, is one."""
    organisation = own(actor)
    agency = enrolled_agencies().filter(pk=agency_id).first() if agency_id else None
    if agency_id and agency is None:
        raise BadInput(fields={"name": [_("The register holds no such agency. Choose it again.")]})
    called = agency.legal_name if agency else said(name, "name", _("Say which recruiter you mean."), 300)
    land = agency.country if agency else country
    if land and not is_country(land):
        raise BadInput(fields={"country": [_("Choose a country from the list.")]})
    if not key(called):
        raise BadInput(
            fields={"name": [_("There is no letter or digit in this name. Write it as on a letterhead.")]}
        )
    if agency is not None and standings_of([agency])[agency.pk].valid:
        raise BadInput(
            fields={"name": [_("This agency holds a certificate in force. There is nothing to nominate.")]}
        )
    nominee = _nominee(agency, called, land, email, website)
    row, made = Nomination.objects.get_or_create(
        nominee=nominee,
        organisation=organisation,
        defaults={
            "person": actor,
            "name": called,
            "country": land,
            "source": source if source in Source.values else Source.HAND,
            "why": why.strip()[:2_000],
            "named": named,
        },
    )
    if not made:
        row.withdrawn_at, row.named = None, named
        row.why = why.strip()[:2_000] or row.why
        row.save()
    # The event stands with the nomination, whose employer nobody else reads, and never with the nominee.
    events.record(row, act="nominated", actor=actor, data={"source": str(row.source)})
    return row


def _nominee(agency: Agency | None, name: str, country: str, email: str, website: str) -> Nominee:
    found = known_nominee(agency, name, country)
    if found is None:
        return Nominee.objects.create(
            agency=agency,
            name=name,
            country=country,
            key=key(name)[:400],
            email=agency.email if agency else email.strip(),
            website=agency.website if agency else website.strip(),
            token=secrets.token_urlsafe(24),
        )
    row = lock(Nominee, found.pk)
    row.agency = row.agency or agency
    row.email = row.email or (agency.email if agency else email.strip())
    row.website = row.website or (agency.website if agency else website.strip())
    row.save()
    return row


@transaction.atomic
def withdraw_nomination(*, nomination_id: UUID, actor: User) -> Nomination:
    """Not any more."""
    organisation = own(actor)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination_id, organisation=organisation)
    if row.withdrawn_at is None:
        row.withdrawn_at = clocks.now()
        row.save()
        events.record(row, act="withdrawn", actor=actor)
    return row


def _for_scheme(nominee_id: UUID, actor: User) -> Nominee:
    row = lock(Nominee, nominee_id)
    if not invites(row, actor):
        raise NotPermitted(_("The scheme's manager and screeners do this."))
    return row


@transaction.atomic
def invite_nominee(*, nominee_id: UUID, actor: User, email: str) -> Nominee:
    """Write to the agency's published address. It is not told who nominated it."""
    row = _for_scheme(nominee_id, actor)
    address = email.strip()
    if "@" not in address:
        raise BadInput(fields={"email": [_("Expected the agency's published e-mail address.")]})
    pause = clocks.number("nominee_invite_pause_days")
    if row.invited_at is not None and clocks.now() < row.invited_at + timedelta(days=pause):
        raise Conflict(
            _("It was written to on %(day)s. Write again after %(pause)s days at the earliest.")
            % {"day": in_words(row.invited_at), "pause": pause}
        )
    act(row.invite, actor=actor, email=address)
    outbox.enqueue(INVITE_JOB, nominee_id=str(row.pk))
    return row


def mail_nominee(*, nominee_id: UUID) -> None:
    """The job: the e-mail to the agency."""
    row = Nominee.objects.get(pk=nominee_id)
    if row.state != NomineeState.INVITED or row.invited_at is None:
        return
    page = f"{settings.IRIS_PUBLIC_URL}{reverse('diligence:invited', args=[row.token])}"
    mail.send_template(
        to=row.email,
        template="diligence/nominee_invited",
        context={"name": row.name, "page": page},
        key=f"nominee:{row.pk}:{row.invited_at:%Y%m%d}",
    )


@transaction.atomic
def set_nominee_aside(*, nominee_id: UUID, actor: User, reason: str) -> Nominee:
    """Not a recruiter that can be certified, with the reason."""
    row = _for_scheme(nominee_id, actor)
    act(row.set_aside, actor=actor, reason=reason, why=reason.strip())
    return row


@transaction.atomic
def take_nominee_up(*, nominee_id: UUID, actor: User) -> Nominee:
    """Look at it again."""
    row = _for_scheme(nominee_id, actor)
    act(row.take_up, actor=actor)
    return row


@transaction.atomic
def decline_invitation(*, token: str) -> Nominee:
    """The agency asks not to be written to. Pressed twice, it is the same."""
    row = lock(Nominee, Nominee.objects.get(token=token).pk)
    if row.state != NomineeState.DECLINED:
        act(row.decline, actor=events.SYSTEM)
    return row


def follow_nominees() -> int:
    """The sweep: who is on the register now, and who is certified. Returns how many moved."""
    open_states = [NomineeState.NOMINATED, NomineeState.INVITED, NomineeState.ENROLLED, NomineeState.DECLINED]
    moved = 0
    for found in Nominee.objects.filter(state__in=open_states).select_related("agency"):
        with transaction.atomic():
            moved += _follow(found.pk)
    return moved


def _follow(nominee_id: Any) -> int:
    row = lock(Nominee, nominee_id)
    agency = row.agency or enrolled_by_name(row)
    if agency is None or agency.enrolled_at is None:
        return 0
    if standings_of([agency])[agency.pk].valid:
        if row.agency_id is None:
            act(row.enrol, actor=events.SYSTEM, agency=agency)
        act(row.certify, actor=events.SYSTEM)
        return 1
    new = row.agency_id is None
    if new and row.state != NomineeState.ENROLLED:
        act(row.enrol, actor=events.SYSTEM, agency=agency)
    return int(new)


def enrolled_by_name(row: Nominee) -> Agency | None:
    """An agency that enrolled under exactly this name in this country, where only one did."""
    found = list(enrolled_agencies().filter(names__key=row.key, country=row.country).distinct()[:2])
    taken = Nominee.objects.filter(agency__in=found).exists()
    return found[0] if len(found) == 1 and row.country and not taken else None
