"""The acts that nobody does alone: each rests on a decision of a second person, or on a rule that acted by its date.

Called by services.proposing (a proposal was accepted, or overturned on appeal) and services.ruling (sweeps). The
database looks at the ground too (migration four_eyes_on_certificates).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from certification.certificates.models import (
    AuditOrder,
    Certificate,
    Ground,
    LicenceReview,
    SurveillanceWindow,
    Why,
)
from certification.certificates.services.telling import tell_of
from certification.certificates.services.writing import publish
from certification.certificates.states import OrderState, ReviewState, WindowState
from iris.core import clocks, events
from iris.core.errors import Conflict
from iris.core.fsm import act, lock


def suspend(certificate: Certificate, *, actor: Any, why: Why, ground: Ground) -> Certificate:
    """Make a certificate invalid for now. Register, verify page and API say so from this moment."""
    ends_on = clocks.add_months(clocks.today(), clocks.number("suspension_months"))
    act(
        certificate.suspend,
        actor=actor,
        reason=why.reason,
        data=_data(ground, why),
        why=why,
        ground=ground,
        ends_on=ends_on,
    )
    publish(certificate, _("Suspended"))
    tell_of(certificate, "suspended", reason=why.reason, public_note=why.public_note, ends_on=ends_on)
    return certificate


def reinstate(
    certificate: Certificate, *, actor: Any, reason: str, public_note: str, ground: Ground
) -> Certificate:
    """End a suspension: as before, or with the conditions that are still open."""
    refuse_past(certificate)
    conditions = certificate.conditions.filter(met_on__isnull=True).exists()
    back = certificate.reinstate_with_conditions if conditions else certificate.reinstate
    act(back, actor=actor, reason=reason, data=_data(ground), ground=ground)
    publish(certificate, _("Reinstated"), public_note=public_note)
    tell_of(certificate, "reinstated", reason=reason)
    return certificate


def lift(certificate: Certificate, *, actor: Any, told: str, ground: Ground) -> Certificate:
    """End a suspension that an appeal overturned. It never waits for what else is open: that has clocks of its own."""
    conditions = certificate.conditions.filter(met_on__isnull=True).exists()
    back = certificate.lift_with_conditions if conditions else certificate.lift
    act(back, actor=actor, reason=told, data=_data(ground), ground=ground)
    publish(certificate, _("Reinstated"), public_note=told)
    tell_of(certificate, "reinstated", reason=told)
    return certificate


def withdraw(certificate: Certificate, *, actor: Any, why: Why, ground: Ground) -> Certificate:
    """End a certificate for good."""
    act(
        certificate.withdraw,
        actor=actor,
        reason=why.reason,
        data=_data(ground, why),
        why=why,
        ground=ground,
    )
    publish(certificate, _("Withdrawn"))
    end_keeping(certificate)
    tell_of(certificate, "withdrawn", reason=why.reason, public_note=why.public_note)
    return certificate


def end_keeping(certificate: Certificate) -> None:
    """What kept a certificate ends with it: audits to come are dropped, orders cancelled, reviews settled."""
    for window in SurveillanceWindow.objects.filter(
        decision_id=certificate.decision_id, state=WindowState.DUE
    ):
        act(lock(SurveillanceWindow, window.pk).drop, actor=events.SYSTEM)
    for order in AuditOrder.objects.filter(certificate__number=certificate.number, state=OrderState.ORDERED):
        why = _("The certificate has ended.")
        act(lock(AuditOrder, order.pk).cancel, actor=events.SYSTEM, reason=why, why=why)
    settle_reviews(certificate)


def settle_reviews(certificate: Certificate) -> None:
    """Reviews of lost licences that another act has settled."""
    for review in LicenceReview.objects.filter(
        certificate__number=certificate.number, state=ReviewState.OPEN
    ):
        act(lock(LicenceReview, review.pk).settle, actor=events.SYSTEM)


def refuse_past(certificate: Certificate) -> None:
    """A certificate whose last day is over is no longer changed, whether or not the sweep has been."""
    if certificate.expires_on < clocks.today():
        raise Conflict(
            _("Its last day has passed: it can no longer be changed. A new application is needed.")
        )


def _data(ground: Ground, why: Why | None = None) -> dict[str, str]:
    told = {"decision": str(ground.decision_id)} if ground.decision_id else {"rule": str(ground.rule)}
    return {**told, "reason_code": why.code} if why else told
