"""Changes an agency reports, and what the scheme answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies import permissions, selectors
from certification.agencies.models import ChangeDocument, ChangeReport
from certification.agencies.rules.changes import ChangeAnswers
from certification.agencies.states import ChangeState
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core import clocks, events, files
from iris.core.errors import BadInput, TransitionRefused
from iris.core.fsm import act, lock
from iris.notify.services import notify, notify_roles, scheme_people

from .asking import CLOCK
from .own import own

Uploads = Sequence["UploadedFile[Any]"]
MOST_DOCUMENTS = 10


@transaction.atomic
def report_change(
    *, agency_id: UUID, actor: User, answers: ChangeAnswers, documents: Uploads = ()
) -> ChangeReport:
    """Tell the scheme of a change: what, since which day, with documents. Late is taken too, and says so.

    Raises BadInput, NotPermitted.
    """
    agency = own(agency_id, actor)
    checked = answers.checked(clocks.today())
    report = ChangeReport(
        agency=agency,
        kind=checked.kind,
        state=ChangeState.REPORTED,
        happened_on=checked.happened_on,
        text=checked.text,
        due_on=_due(checked.happened_on),
        reported_at=clocks.now(),
        reported_by=actor,
    )
    report.save()
    _keep(report, actor, documents)
    events.record(report, act="report", actor=actor, data=_data(report), to_state=ChangeState.REPORTED)
    _tell_scheme(report)
    return report


@transaction.atomic
def complete_change(
    *, report_id: UUID, actor: User, answers: ChangeAnswers, documents: Uploads = ()
) -> ChangeReport:
    """Answer what was asked about a change that the agency's own entries showed."""
    report = lock(ChangeReport, report_id)
    checked = ChangeAnswers(kind=report.kind, happened_on=answers.happened_on, text=answers.text).checked(
        clocks.today()
    )
    due = min(_due(checked.happened_on), report.due_on)
    act(
        report.report,
        actor=actor,
        data={"kind": report.kind, "happened_on": str(checked.happened_on)},
        happened_on=checked.happened_on,
        text=checked.text,
        due_on=due,
    )
    _keep(report, actor, documents)
    _tell_scheme(report)
    return report


@transaction.atomic
def note_change(*, report_id: UUID, actor: User, reason: str) -> ChangeReport:
    """The scheme has read the report; nothing else is needed."""
    report = lock(ChangeReport, report_id)
    act(report.note, actor=actor, reason=reason, why=reason.strip())
    _tell_agency(report)
    return report


@transaction.atomic
def close_change(*, report_id: UUID, actor: User, reason: str) -> ChangeReport:
    """Nothing is left to do, also when what the entries showed was no change."""
    report = lock(ChangeReport, report_id)
    act(report.close, actor=actor, reason=reason, why=reason.strip())
    _tell_agency(report)
    return report


@transaction.atomic
def follow_up_change(*, report_id: UUID, actor: User, act_name: str, reason: str) -> ChangeReport:
    """Do what a room above offers for a reported change (order a special audit), in one transaction with the report.

    Raises TransitionRefused when nobody offers it for this report.
    """
    report = lock(ChangeReport, report_id)
    offered = {one.name: one for one in selectors.change_acts(report, actor)}
    if act_name not in offered:
        raise TransitionRefused(_("This is not possible for this report. Note it or close it instead."))
    # The report moves first: whoever may not answer it may not order anything through it.
    act(report.order_audit, actor=actor, reason=reason, why=reason.strip(), label="")
    label = offered[act_name].carry_out(report, actor, reason.strip())
    if label:
        report.audit_label = label
        report.save()
    _tell_agency(report)
    return report


def _due(happened_on: date | None) -> date:
    if happened_on is None:
        raise BadInput(fields={"happened_on": [_("Enter the day on which it happened.")]})
    return clocks.deadline(happened_on, CLOCK)


def _keep(report: ChangeReport, actor: User, documents: Uploads) -> None:
    if len(documents) > MOST_DOCUMENTS:
        sentence = _("These are %(count)s documents. Send %(most)s at most, or put them into one PDF.")
        raise BadInput(fields={"documents": [sentence % {"count": len(documents), "most": MOST_DOCUMENTS}]})
    for upload in documents:
        try:
            stored = files.store(upload, organisation_id=report.agency.organisation_id, actor=actor)
        except BadInput as error:
            found = [sentence for each in error.fields.values() for sentence in each] or [error.message]
            raise BadInput(error.message, code=error.code, fields={"documents": found}) from error
        ChangeDocument.objects.create(report=report, file=stored)


def _tell_scheme(report: ChangeReport) -> None:
    notify(
        people=scheme_people((Role.SCREENER, Role.SCHEME_MANAGER)),
        template="agencies/change_reported",
        context=_words(report),
        url=reverse("agencies:change", args=[report.pk]),
    )


def _tell_agency(report: ChangeReport) -> None:
    notify_roles(
        organisation=report.agency.organisation,
        roles=permissions.MAY_CHANGE,
        template="agencies/change_answered",
        context={**_words(report), "answer": report.answer, "state": report.get_state_display()},
        url=reverse("agencies:change", args=[report.pk]),
    )


def _words(report: ChangeReport) -> dict[str, Any]:
    return {
        "agency": report.agency.legal_name,
        "kind": report.get_kind_display(),
        "happened_on": report.happened_on,
        "late": report.days_late,
    }


def _data(report: ChangeReport) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "happened_on": str(report.happened_on),
        "due_on": report.due_on.isoformat(),
        "in_time": report.in_time,
    }
