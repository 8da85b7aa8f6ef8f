"""Surveillance, short-notice and special audits: ordered, held, missed, cancelled (R49, R52, R53)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.certificates.models import AuditOrder, Certificate, SurveillanceWindow
from certification.certificates.permissions import by_scheme_manager
from certification.certificates.selectors import windows_of
from certification.certificates.services.holding import held
from certification.certificates.services.ruling import miss_window
from certification.certificates.services.settling import refuse_past
from certification.certificates.services.telling import tell_of, tell_scheme
from certification.certificates.states import RUNNING, OrderKind, OrderOutcome, OrderState, WindowState
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    pass


@transaction.atomic
def order_audit(
    *,
    certificate_id: UUID,
    kind: OrderKind | str,
    reason: str,
    actor: Any,
    source_label: str = "",
    source_id: UUID | None = None,
    due_on: date | None = None,
) -> AuditOrder:
    """Order an audit of a running certificate, with where the reason comes from (a complaint, a change report).

    The agency hears of a short-notice audit only `short_notice_days` before its last day, of others at once.
    """
    certificate = held(certificate_id)
    if actor is not events.SYSTEM and not by_scheme_manager(certificate, actor):
        raise NotPermitted(_("Only a scheme manager orders an audit."))
    wanted = OrderKind(kind)
    if certificate.state not in RUNNING:
        raise Conflict(_("This certificate has ended: there is nothing to audit."))
    refuse_past(certificate)
    if not reason.strip():
        raise ReasonRequired(
            fields={"reason": [_("Say why this audit is ordered. The audit firm reads it.")]}
        )
    window = _window_for(certificate) if wanted == OrderKind.SURVEILLANCE else None
    if AuditOrder.objects.filter(
        certificate__number=certificate.number, kind=wanted, state=OrderState.ORDERED
    ):
        raise Conflict(_("An audit of this kind is ordered already. Record what came of it first."))
    today = clocks.today()
    due = due_on or (window and max(window.due_on, today)) or clocks.deadline(today, "special_audit_days")
    _check_day(due, certificate, window)
    told_from = today
    if wanted == OrderKind.SHORT_NOTICE:
        told_from = max(today, due - timedelta(days=clocks.number("short_notice_days")))
    order = AuditOrder.objects.create(
        certificate=certificate,
        window=window,
        kind=wanted,
        reason=reason.strip(),
        source_label=source_label,
        source_id=source_id,
        ordered_by_name=actor.label,
        ordered_on=today,
        due_on=due,
        told_from=told_from,
    )
    events.record(
        order,
        act="ordered",
        actor=actor,
        reason=reason.strip(),
        data={"kind": str(wanted)},
        to_state=order.state,
    )
    if told_from <= today:
        tell_of(certificate, "audit_ordered", kind=str(wanted.label), due_on=due)
    return order


@transaction.atomic
def record_audit_held(
    *,
    order_id: UUID,
    actor: Any,
    held_on: date,
    outcome: OrderOutcome | str,
    firm_id: UUID | None = None,
    note: str = "",
) -> AuditOrder:
    """An ordered audit took place. A surveillance audit closes its window, in time or late."""
    order, certificate = _held_order(order_id)
    firm = firm_id or certificate.firm_id
    if actor is not events.SYSTEM and actor.is_kind(OrganisationKind.AUDIT_FIRM):
        if actor.organisation is None or actor.organisation.pk not in (certificate.firm_id, firm_id):
            raise NotPermitted(_("Only the firm that audits this agency records its audits."))
        firm = actor.organisation.pk
    if not order.ordered_on <= held_on <= clocks.today():
        sentence = _("The audit was held between the day of the order and today. Give that day.")
        raise BadInput(sentence, fields={"held_on": [sentence]})
    if outcome not in OrderOutcome.values:
        raise BadInput(fields={"outcome": [_("Choose what the audit came to.")]})
    act(
        order.hold,
        actor=actor,
        data={"outcome": str(outcome), "held_on": held_on.isoformat()},
        held_on=held_on,
        outcome=str(outcome),
        firm_id=firm,
        note=note.strip(),
    )
    if order.window_id is not None:
        _close_window(order.window_id, held_on, actor)
    if outcome == OrderOutcome.CRITICAL:
        tell_scheme(certificate, "audit_critical", Role.SCHEME_MANAGER)
    return order


@transaction.atomic
def record_audit_missed(*, order_id: UUID, actor: Any, reason: str) -> AuditOrder:
    """An ordered audit did not take place in time, or the agency refused it. The scheme decides what follows."""
    order, certificate = _held_order(order_id)
    act(order.miss, actor=actor, reason=reason, why=reason.strip())
    tell_of(certificate, "audit_missed", kind=order.get_kind_display(), note=reason.strip())
    return order


@transaction.atomic
def cancel_audit(*, order_id: UUID, actor: Any, reason: str) -> AuditOrder:
    """An ordered audit is no longer needed."""
    order, _certificate = _held_order(order_id)
    act(order.cancel, actor=actor, reason=reason, why=reason.strip())
    return order


def _held_order(order_id: UUID) -> tuple[AuditOrder, Certificate]:
    certificate_id = AuditOrder.objects.values_list("certificate_id", flat=True).get(pk=order_id)
    certificate = held(certificate_id)
    return lock(AuditOrder, order_id), certificate


def _window_for(certificate: Certificate) -> SurveillanceWindow:
    row = windows_of(certificate).filter(state__in=(WindowState.MISSED, WindowState.DUE)).first()
    if row is None:
        raise Conflict(_("This certificate owes no surveillance audit until it is renewed."))
    return row


def _check_day(due: date, certificate: Certificate, window: SurveillanceWindow | None) -> None:
    sentence = ""
    if due < clocks.today():
        sentence = _("This day is past. Give a day from today on.")
    elif due > certificate.expires_on:
        sentence = _("The certificate ends before that day. Give an earlier day.")
    elif window is not None and window.state == WindowState.DUE and due > window.due_on:
        sentence = _("The surveillance audit is due on %(day)s. Give that day or an earlier one.") % {
            "day": in_words(window.due_on)
        }
    if sentence:
        raise BadInput(sentence, fields={"due_on": [sentence]})


def _close_window(window_id: UUID, held_on: date, actor: Any) -> None:
    window = lock(SurveillanceWindow, window_id)
    if window.state == WindowState.DUE and held_on > window.due_on:
        miss_window(
            window_id
        )  # its day was over although no sweep had run: what follows does not hang on that
        window = lock(SurveillanceWindow, window_id)
    if window.state == WindowState.MISSED:
        act(window.make_up, actor=actor, held_on=held_on)
    elif window.state == WindowState.DUE:
        act(window.hold, actor=actor, held_on=held_on)
