"""Whose move it is on a certificate, and what certificates ask of a person now."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.certificates.models import Certificate
from certification.certificates.selectors.deciding import waiting_for_decision
from certification.certificates.selectors.keeping import (
    conditions_late,
    deferrals_for,
    orders_waiting,
    reviews_open,
    surveillance_due,
)
from certification.certificates.selectors.mark import misuses_open
from certification.certificates.selectors.rows import certificates_visible_to, with_parts
from certification.certificates.states import RUNNING, CertificateState
from certification.decisions.selectors import agencies_barred_for
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks
from iris.core.days import in_words
from iris.core.moves import Move, Todo


def move_for(certificate: Certificate, user: User) -> Move:
    """Whose move it is on a certificate."""
    ours = user.is_kind(OrganisationKind.AGENCY)
    scheme = user.has_role(Role.SCHEME_MANAGER)
    today = clocks.today()
    if certificate.state == CertificateState.CONDITIONAL:
        return _conditions_move(certificate, ours)
    if certificate.state == CertificateState.SUSPENDED:
        return Move(
            who=_("Suspended: the scheme decides what follows"),
            what=_(
                "It may not be shown to anyone until it is reinstated. After the day on the right it is withdrawn."
            ),
            yours=scheme,
            due=certificate.suspension_ends_on,
        )
    if certificate.state not in RUNNING or certificate.expires_on < today:
        return Move(
            who=_("Nothing to do"),
            what=_("This certificate has ended. The register shows how and when."),
            done=True,
        )
    opens = clocks.add_months(certificate.expires_on, -clocks.number("recertification_window_months"))
    if opens <= today:
        return Move(
            who=_("Your move: apply again") if ours else _("Waiting for the agency: its next application"),
            what=_("Without a new decision the certificate ends on its last day. It is not extended."),
            yours=ours,
            due=certificate.expires_on,
        )
    return Move(
        who=_("Nothing to do now"),
        what=_("The certificate is in force. The next application can be made from %(day)s.")
        % {"day": in_words(opens)},
        done=True,
    )


def _conditions_move(certificate: Certificate, ours: bool) -> Move:
    left = [row for row in certificate.conditions.all() if row.met_on is None]
    count = ngettext("%(n)s condition", "%(n)s conditions", len(left)) % {"n": len(left)}
    return Move(
        who=(_("Your move: meet %(count)s") if ours else _("Waiting for the agency: %(count)s"))
        % {"count": count},
        what=_(
            "Send the scheme the proof of each. The scheme notes what is met; after the last one they are gone."
        ),
        yours=ours,
        due=min((row.due_on for row in left), default=None),
    )


def todos_for(user: User) -> list[Todo]:
    """What certificates and decisions ask of a person now."""
    if user.has_role(Role.DECIDER):
        return _decider_todos(user)
    if user.has_role(Role.SCHEME_MANAGER):
        return _manager_todos()
    if user.is_kind(OrganisationKind.AGENCY):
        return _agency_todos(user)
    if user.has_role(Role.LEAD_AUDITOR, Role.FIRM_MANAGER):
        return _firm_todos(user)
    return []


def _decider_todos(user: User) -> list[Todo]:
    waiting = list(waiting_for_decision())
    closed = agencies_barred_for([row.agency for row in waiting], user)
    return [
        Todo(
            title=_("Decide on %(agency)s") % {"agency": row.agency.legal_name},
            url=reverse("certificates:decide", args=[row.pk]),
            what=_("Application %(number)s; the auditors' recommendation is in.") % {"number": row.number},
            icon="gavel",
        )
        for row in waiting
        if row.agency_id not in closed
    ]


def _manager_todos() -> list[Todo]:
    return [*_suspended_todos(), *_review_todos(), *_condition_todos(), *_audit_todos(), *_misuse_todos()]


def _suspended_todos() -> list[Todo]:
    warn = clocks.today() + timedelta(days=clocks.number("suspension_warning_days"))
    rows = Certificate.objects.filter(state=CertificateState.SUSPENDED, suspension_ends_on__lte=warn)
    return [
        _settle(
            row, _("Its suspension ends in withdrawal unless something is decided."), row.suspension_ends_on
        )
        for row in rows
    ]


def _review_todos() -> list[Todo]:
    return [
        _settle(
            row.certificate,
            _("Licence lost: %(licence)s. Suspended by default after the day.")
            % {"licence": row.licence_text},
            row.due_on,
        )
        for row in reviews_open()
    ]


def _condition_todos() -> list[Todo]:
    return [
        _settle(row.certificate, _("A condition is past its day."), row.due_on) for row in conditions_late()
    ]


def _audit_todos() -> list[Todo]:
    late = [
        _settle(row.certificate, _("An audit you ordered is past its day: say what came of it."), row.due_on)
        for row in orders_waiting()
        if row.late
    ]
    ordered = {row.window_id for row in orders_waiting()}
    due = [
        Todo(
            title=_("Order the surveillance audit of %(agency)s") % {"agency": row.agency.legal_name},
            url=reverse("certificates:keeping"),
            what=_("Missed audits suspend the certificate."),
            due=row.due_on,
            icon="certificate",
        )
        for row in surveillance_due(clocks.number("surveillance_reminder_days"))
        if row.pk not in ordered
    ]
    return late + due


def _misuse_todos() -> list[Todo]:
    return [
        Todo(
            title=_("Misuse of the mark %(case)s") % {"case": row.reference},
            url=reverse("certificates:misuse", args=[row.pk]),
            what=row.where,
            due=row.due_on,
            icon="flag",
        )
        for row in misuses_open()
    ]


def _settle(row: Certificate, what: str, due: date | None) -> Todo:
    return Todo(
        title=_("Settle certificate %(number)s") % {"number": row.number},
        url=reverse("certificates:certificate", args=[row.pk]),
        what=what,
        due=due,
        icon="certificate",
    )


def _firm_todos(user: User) -> list[Todo]:
    return [
        Todo(
            title=_("Answer a decider on %(agency)s") % {"agency": row.application.agency.legal_name},
            url=reverse("certificates:answer_deferral", args=[row.pk]),
            what=_("The decision waits for it."),
            due=row.due_on,
            icon="help-circle",
        )
        for row in deferrals_for(user)
    ]


def _agency_todos(user: User) -> list[Todo]:
    todos = []
    for row in with_parts(certificates_visible_to(user).filter(state__in=RUNNING)):
        url = reverse("certificates:certificate", args=[row.pk])
        for condition in row.conditions.all():
            if condition.met_on is None:
                title = _("Meet condition %(place)s of your certificate") % {"place": condition.position}
                todos.append(
                    Todo(title=title, url=url, what=condition.text, due=condition.due_on, icon="certificate")
                )
        opens = clocks.add_months(row.expires_on, -clocks.number("recertification_window_months"))
        if opens <= clocks.today() <= row.expires_on:
            what = _("Certificate %(number)s ends on its last day; it is not extended.") % {
                "number": row.number
            }
            todos.append(
                Todo(title=_("Apply for the next certificate"), url=url, what=what, due=row.expires_on)
            )
    return todos
