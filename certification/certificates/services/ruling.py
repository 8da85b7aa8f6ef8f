"""What the rules of the scheme do by their dates, with no person. Every function may run twice: it reads rows.

Which acts a rule may take, and why these, is ADR 0025. The database looks at the facts behind each rule too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Licence
from certification.certificates.models import (
    AuditOrder,
    Certificate,
    Ground,
    LicenceReview,
    SurveillanceWindow,
    Why,
)
from certification.certificates.selectors import (
    conditions_late,
    open_proposals,
    proposals_about,
    surveillance_due,
)
from certification.certificates.services.holding import held
from certification.certificates.services.issuing import open_windows
from certification.certificates.services.proposing import Words, open_proposal
from certification.certificates.services.settling import suspend, withdraw
from certification.certificates.services.telling import tell_of, tell_scheme
from certification.certificates.states import (
    IN_FORCE,
    RUNNING,
    CertificateState,
    Lost,
    OrderState,
    Proposed,
    ReasonCode,
    ReviewState,
    Rule,
    WindowState,
)
from certification.decisions.states import UNDECIDED_STATES
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.days import for_the_record
from iris.core.fsm import act, lock


def ensure_windows() -> int:
    """Surveillance audits for certificates that were issued before there were windows; returns how many."""
    rows = Certificate.objects.filter(state__in=RUNNING, decision__surveillance=None)
    made = 0
    for row in list(rows):
        with transaction.atomic():
            open_windows(row)
            made += 1
    return made


def remind_surveillance() -> None:
    """Tell agency and scheme before the last day of a surveillance audit, twice, each once."""
    last = clocks.number("surveillance_last_reminder_days")
    for window in surveillance_due(clocks.number("surveillance_reminder_days")):
        row = _running(window)
        if row is None:
            continue
        final = (window.due_on - clocks.today()).days <= last
        key = f"surveillance:{window.pk}:{'last' if final else 'first'}"
        with transaction.atomic():
            tell_of(row, "surveillance_due", key=key, due_on=window.due_on)
            tell_scheme(row, "surveillance_due", Role.SCHEME_MANAGER, key=key, due_on=window.due_on)


def miss_surveillance() -> int:
    """Windows whose last day has passed: missed, and the certificate is suspended (R49); returns how many."""
    late = SurveillanceWindow.objects.filter(state=WindowState.DUE, due_on__lt=clocks.today())
    missed = sum(miss_window(pk) for pk in list(late.values_list("pk", flat=True)))
    return missed + sum(_miss_still(pk) for pk in _missed_in_force())


@transaction.atomic
def miss_window(window_id: UUID) -> bool:
    """One surveillance audit was not held by its last day: missed, and the certificate is suspended."""
    found = _running(SurveillanceWindow.objects.get(pk=window_id))
    row = held(found.pk) if found is not None else None
    window = lock(SurveillanceWindow, window_id)
    if window.state != WindowState.DUE or row is None or row.expires_on < clocks.today():
        return False
    act(window.miss, actor=events.SYSTEM)
    for order in AuditOrder.objects.filter(window=window, state=OrderState.ORDERED):
        why = _("Not held by its last day.")
        act(lock(AuditOrder, order.pk).miss, actor=events.SYSTEM, reason=why, why=why)
    _suspend_for_missed(row, window)
    return True


def _missed_in_force() -> list[UUID]:
    """Missed while the certificate was suspended for something else that an appeal has overturned since."""
    return list(
        SurveillanceWindow.objects.filter(
            state=WindowState.MISSED, decision__certificates__state__in=IN_FORCE
        ).values_list("pk", flat=True)
    )


@transaction.atomic
def _miss_still(window_id: UUID) -> bool:
    found = _running(SurveillanceWindow.objects.get(pk=window_id))
    row = held(found.pk) if found is not None else None
    window = lock(SurveillanceWindow, window_id)
    if row is None or window.state != WindowState.MISSED or row.expires_on < clocks.today():
        return False
    return _suspend_for_missed(row, window)


def _suspend_for_missed(row: Certificate, window: SurveillanceWindow) -> bool:
    if row.state not in IN_FORCE:
        return False
    day = for_the_record(window.due_on)
    told = _("The surveillance audit due on %(day)s was not held.") % {"day": day}
    _suspend(row, ReasonCode.SURVEILLANCE_MISSED, Rule.SURVEILLANCE_MISSED, told)
    return True


@transaction.atomic
def licence_lost(*, licence_id: UUID, why: str) -> LicenceReview | None:
    """A licence of an agency was revoked, suspended or not renewed: its certificate comes under review (R48).

    None where there is nothing to review: no running certificate, or the review is open already.
    """
    licence = Licence.objects.select_related("agency").filter(pk=licence_id).first()
    found = licence and Certificate.objects.filter(agency=licence.agency, state__in=RUNNING).first()
    if licence is None or found is None:
        return None
    row = held(found.pk)
    if row.state not in RUNNING or row.expires_on < clocks.today():
        return None
    if LicenceReview.objects.filter(
        certificate__number=row.number, licence_id=licence_id, state=ReviewState.OPEN
    ).exists():
        return None
    today = clocks.today()
    review = LicenceReview.objects.create(
        certificate=row,
        licence_id=licence_id,
        licence_text=f"{licence.authority}, {licence.number}"[:400],
        why=Lost(why),
        opened_on=today,
        due_on=clocks.deadline(today, "licence_review_days"),
    )
    events.record(
        review,
        act="opened",
        actor=events.SYSTEM,
        data={"licence": str(licence_id), "why": why},
        to_state=review.state,
    )
    words: dict[str, Any] = {
        "licence": review.licence_text,
        "why": str(Lost(why).label),
        "due_on": review.due_on,
    }
    tell_of(row, "licence_review", **words)
    tell_scheme(row, "licence_review", Role.SCHEME_MANAGER, **words)
    return review


def lapse_reviews() -> int:
    """Reviews of lost licences whose time is over: the certificate is suspended by default (R48)."""
    late = LicenceReview.objects.filter(state=ReviewState.OPEN, due_on__lt=clocks.today())
    return sum(_lapse(pk) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic
def _lapse(review_id: UUID) -> bool:
    told = LicenceReview.objects.select_related("certificate").get(pk=review_id)
    found = Certificate.objects.filter(number=told.certificate.number, state__in=RUNNING).first()
    row = held(found.pk) if found is not None else None
    review = lock(LicenceReview, review_id)
    if review.state != ReviewState.OPEN:
        return False
    if row is None or row.expires_on < clocks.today():
        act(review.settle, actor=events.SYSTEM)
        return False
    act(review.lapse, actor=events.SYSTEM)
    if row.state in IN_FORCE:
        words: dict[str, Any] = {"licence": review.licence_text, "why": str(Lost(review.why).label)}
        text = _("The licence %(licence)s was %(why)s, and nothing else was decided in time.") % words
        _suspend(row, ReasonCode.LICENCE_LOST, Rule.LICENCE_LOST, text)
    return True


def propose_for_conditions() -> int:
    """Conditions past their day: told, and a suspension is proposed once for each set of them (R43)."""
    return sum(_propose_for(pk) for pk in _with_late_conditions())


@transaction.atomic
def _propose_for(certificate_id: UUID) -> bool:
    row = held(certificate_id)
    late = list(row.conditions.filter(met_on__isnull=True, due_on__lt=clocks.today()))
    if row.state not in IN_FORCE or row.expires_on < clocks.today() or not late:
        return False
    ids = {str(one.pk) for one in late}
    if open_proposals(row).filter(subject_label=Proposed.SUSPEND).exists() or ids <= _judged(row):
        return False
    texts = "\n".join(f"{one.position}. {one.text}" for one in late)
    words = Words(
        reason=_("Past their day and not noted as met:") + "\n" + texts,
        public_note=_("A condition of the certificate was not met in time."),
        reason_code=ReasonCode.CONDITIONS_UNMET,
    )
    open_proposal(
        row, Proposed.SUSPEND, actor=events.SYSTEM, words=words, more={"condition_ids": sorted(ids)}
    )
    tell_of(row, "conditions_late", texts=texts)
    return True


def _judged(row: Certificate) -> set[str]:
    """Conditions that deciders have looked at and did not suspend for."""
    done = proposals_about(row).filter(subject_label=Proposed.SUSPEND).exclude(state__in=UNDECIDED_STATES)
    return {one for decision in done for one in (decision.proposal or {}).get("condition_ids", [])}


def suspend_for_conditions() -> int:
    """Nobody decided on late conditions by the day of the proposal: the rule suspends."""
    return sum(_suspend_for(pk) for pk in _with_late_conditions())


@transaction.atomic
def _suspend_for(certificate_id: UUID) -> bool:
    row = held(certificate_id)
    if row.state not in IN_FORCE or row.expires_on < clocks.today():
        return False
    today = clocks.today()
    asked = (
        open_proposals(row).filter(subject_label=Proposed.SUSPEND, opened_by=None, due_on__lt=today).first()
    )
    late = {str(one.pk) for one in row.conditions.filter(met_on__isnull=True, due_on__lt=today)}
    if asked is None or not late & set((asked.proposal or {}).get("condition_ids", [])):
        return False
    told = _("A condition of the certificate was not met in time.")
    _suspend(row, ReasonCode.CONDITIONS_UNMET, Rule.CONDITIONS_UNMET, told)
    return True


def withdraw_overlong() -> int:
    """Suspensions that have lasted their longest time end in withdrawal (R51); told a month before."""
    warn = clocks.today() + timedelta(days=clocks.number("suspension_warning_days"))
    suspended = Certificate.objects.filter(state=CertificateState.SUSPENDED)
    for row in suspended.filter(suspension_ends_on__lte=warn, suspension_ends_on__gte=clocks.today()):
        key = f"suspension:{row.pk}:{row.suspension_ends_on}"
        with transaction.atomic():
            tell_of(row, "suspension_ends", key=key, ends_on=row.suspension_ends_on)
            tell_scheme(row, "suspension_ends", Role.SCHEME_MANAGER, key=key, ends_on=row.suspension_ends_on)
    over = suspended.filter(suspension_ends_on__lt=clocks.today())
    return sum(_withdraw(pk) for pk in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _withdraw(certificate_id: UUID) -> bool:
    row = held(certificate_id)
    today = clocks.today()
    if row.state != CertificateState.SUSPENDED or row.suspension_ends_on is None:
        return False
    if row.suspension_ends_on >= today or row.expires_on < today:
        return False
    told = _("The suspension lasted its longest time and its reason was not put right.")
    why = Why(told, ReasonCode.SUSPENDED_TOO_LONG, told)
    withdraw(row, actor=events.SYSTEM, why=why, ground=Ground(rule=Rule.SUSPENDED_TOO_LONG))
    return True


def _suspend(row: Certificate, code: ReasonCode, rule: Rule, told: str) -> None:
    suspend(row, actor=events.SYSTEM, why=Why(told, code, told), ground=Ground(rule=rule))


def _running(window: SurveillanceWindow) -> Certificate | None:
    return Certificate.objects.filter(decision_id=window.decision_id, state__in=RUNNING).first()


def _with_late_conditions() -> list[Any]:
    return list(conditions_late().order_by().values_list("certificate_id", flat=True).distinct())
