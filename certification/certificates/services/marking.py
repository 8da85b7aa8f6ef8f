"""The use of the mark: its terms accepted, the file given out while the certificate is in force, misuse cases (R54)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.certificates.models import Certificate, MarkLicence, MisuseCase
from certification.certificates.selectors import mark_accepted, mark_terms
from certification.certificates.services.holding import held
from certification.certificates.services.proposing import Words, propose
from certification.certificates.services.telling import tell_agency
from certification.certificates.services.writing import next_serial
from certification.certificates.states import IN_FORCE, Proposed, ReasonCode
from iris.accounts.states import Role
from iris.core import clocks, events, files
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock
from iris.notify import services as notify

if TYPE_CHECKING:
    from iris.accounts.models import User

SERIES = "misuse"
LONGEST = 4000


@transaction.atomic
def accept_mark_terms(*, certificate_id: UUID, actor: User, version: int) -> MarkLicence:
    """The agency's signatory accepts the terms of the mark, in the version that was read."""
    certificate = held(certificate_id)
    organisation = actor.organisation
    mine = organisation is not None and certificate.agency.organisation_id == organisation.pk
    if not mine or not actor.has_role(Role.SIGNATORY):
        raise NotPermitted(_("Only a signatory of the agency accepts the terms of the mark."))
    if not certificate.in_force:
        raise TransitionRefused(_("The mark may be used only while the certificate is in force."))
    terms = mark_terms()
    if version != terms.version:
        raise Conflict(_("The terms have changed since you opened the page. Read them again, then accept."))
    known = mark_accepted(certificate)
    if known is not None:
        return known
    row = MarkLicence.objects.create(
        agency=certificate.agency,
        number=certificate.number,
        terms_version=terms.version,
        terms_sha256=terms.sha256,
        accepted_by=actor,
        accepted_by_name=actor.label,
        accepted_on=clocks.today(),
    )
    events.record(certificate, act="mark_accepted", actor=actor, data={"version": terms.version})
    return row


@transaction.atomic
def give_mark(*, certificate_id: UUID, actor: User) -> Certificate:
    """Note that the file of the mark is handed out; refused unless in force with the terms accepted."""
    certificate = Certificate.objects.select_related("agency").get(pk=certificate_id)
    if not certificate.in_force:
        raise TransitionRefused(_("The mark may be used only while the certificate is in force."))
    if mark_accepted(certificate) is None:
        raise TransitionRefused(_("A signatory of the agency accepts the terms of the mark first."))
    events.record(certificate, act="mark_given", actor=actor)
    return certificate


@transaction.atomic
def report_misuse(*, agency_id: UUID, actor: User, what: str, where: str, upload: Any = None) -> MisuseCase:
    """Anyone signed in tells the scheme of a misuse of the mark, with where it was seen."""
    agency = lock(Agency, agency_id)
    fields = {}
    if not what.strip():
        fields["what"] = [_("Say what you saw.")]
    if not where.strip():
        fields["where"] = [_("Say where you saw it: an address of a page, a street, a paper.")]
    if fields:
        raise BadInput(fields=fields)
    evidence = None
    if upload is not None:
        kinds = (files.PDF, files.PNG, files.JPEG)
        evidence = files.store(upload, organisation_id=None, actor=actor, kinds=kinds, field="evidence")
    today = clocks.today()
    row = MisuseCase.objects.create(
        reference=f"M-{today:%Y}-{next_serial(SERIES):04d}",
        agency=agency,
        reported_by=actor,
        reported_on=today,
        what=what.strip()[:LONGEST],
        where=where.strip()[:1000],
        evidence=evidence,
        due_on=clocks.deadline(today, "mark_check_days"),
    )
    events.record(row, act="reported", actor=actor, to_state=row.state)
    notify.notify(
        people=notify.scheme_people([Role.SCHEME_MANAGER]),
        template="certificates/misuse_reported",
        context={"agency": agency.legal_name, "reference": row.reference, "where": row.where},
        url=reverse("certificates:misuse", args=[row.pk]),
    )
    return row


@transaction.atomic
def check_misuse(*, case_id: UUID, actor: User) -> MisuseCase:
    """The scheme takes a report up."""
    row = _case(case_id)
    act(row.check_it, actor=actor, due_on=clocks.deadline(clocks.today(), "mark_check_days"))
    return row


@transaction.atomic
def ask_takedown(*, case_id: UUID, actor: User, note: str) -> MisuseCase:
    """The agency is told what to take down and by when."""
    row = _case(case_id)
    due = clocks.deadline(clocks.today(), "mark_takedown_days")
    act(row.ask_takedown, actor=actor, reason=note, due_on=due, note=note.strip())
    tell_agency(
        row.agency,
        "certificates/misuse_takedown",
        {"agency": row.agency.legal_name, "where": row.where, "note": note.strip(), "due_on": due},
        reverse("certificates:misuse", args=[row.pk]),
    )
    return row


@transaction.atomic
def confirm_removed(*, case_id: UUID, actor: User, note: str) -> MisuseCase:
    """The scheme saw that it is gone."""
    row = _case(case_id)
    act(row.confirm_removed, actor=actor, reason=note, note=note.strip())
    return row


@transaction.atomic
def dismiss_misuse(*, case_id: UUID, actor: User, note: str) -> MisuseCase:
    """It is no misuse."""
    row = _case(case_id)
    act(row.dismiss, actor=actor, reason=note, note=note.strip())
    return row


@transaction.atomic
def escalate_misuse(*, case_id: UUID, actor: User, note: str) -> MisuseCase:
    """It was not taken down: a suspension is proposed, for somebody else to decide."""
    row = _case(case_id)
    running = Certificate.objects.filter(agency_id=row.agency_id, state__in=IN_FORCE).first()
    if running is None:
        raise TransitionRefused(_("The agency holds no certificate in force that could be suspended."))
    words = Words(
        reason=_("Misuse of the mark, case %(case)s: %(note)s")
        % {"case": row.reference, "note": note.strip()},
        public_note=_("The mark of the scheme was used in a misleading way."),
        reason_code=ReasonCode.MISLEADING_USE,
    )
    decision = propose(certificate_id=running.pk, act=Proposed.SUSPEND, actor=actor, words=words)
    act(row.escalate, actor=actor, reason=note, note=note.strip(), decision_id=decision.pk)
    return row


def _case(case_id: UUID) -> MisuseCase:
    """The case, locked after its agency."""
    lock(Agency, MisuseCase.objects.values_list("agency_id", flat=True).get(pk=case_id))
    return lock(MisuseCase, case_id)
