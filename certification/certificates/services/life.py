"""What happens to a certificate after it is issued. Every act: one event, one published line, word to the agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.certificates.models import Certificate, CertificateCondition
from certification.certificates.permissions import by_scheme_manager
from certification.certificates.services.issuing import publish
from certification.certificates.services.telling import tell_agency
from certification.certificates.states import RUNNING, CertificateState, ReasonCode
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def suspend_certificate(
    *, certificate_id: UUID, actor: User, reason: str, public_note: str, reason_code: str = ReasonCode.OTHER
) -> Certificate:
    """Make a certificate invalid for now. Register, verify page and API say so from this moment.

    `reason` stays inside the scheme and the agency; `reason_code` and `public_note` are published with the day.
    """
    certificate = lock(Certificate, certificate_id)
    _check_why(reason, public_note, reason_code)
    act(
        certificate.suspend,
        actor=actor,
        reason=reason,
        data={"reason_code": reason_code},
        why=reason.strip(),
        reason_code=reason_code,
        public_note=public_note.strip(),
    )
    publish(certificate, _("Suspended"))
    _tell(certificate, "suspended", reason=reason.strip(), public_note=public_note.strip())
    return certificate


@transaction.atomic
def reinstate_certificate(
    *, certificate_id: UUID, actor: User, reason: str, public_note: str = ""
) -> Certificate:
    """End a suspension: as before, or with the conditions that are still open."""
    certificate = lock(Certificate, certificate_id)
    if certificate.expires_on < clocks.today():
        raise Conflict(
            _("Its last day has passed: it can no longer be reinstated. A new application is needed.")
        )
    conditions = certificate.conditions.filter(met_on__isnull=True).exists()
    back = certificate.reinstate_with_conditions if conditions else certificate.reinstate
    act(back, actor=actor, reason=reason)
    publish(certificate, _("Reinstated"), public_note=public_note.strip())
    _tell(certificate, "reinstated", reason=reason.strip())
    return certificate


@transaction.atomic
def withdraw_certificate(
    *, certificate_id: UUID, actor: User, reason: str, public_note: str, reason_code: str = ReasonCode.OTHER
) -> Certificate:
    """End a certificate for good."""
    certificate = lock(Certificate, certificate_id)
    _check_why(reason, public_note, reason_code)
    act(
        certificate.withdraw,
        actor=actor,
        reason=reason,
        data={"reason_code": reason_code},
        why=reason.strip(),
        reason_code=reason_code,
        public_note=public_note.strip(),
    )
    publish(certificate, _("Withdrawn"))
    _tell(certificate, "withdrawn", reason=reason.strip(), public_note=public_note.strip())
    return certificate


@transaction.atomic
def relinquish_certificate(*, certificate_id: UUID, actor: User, reason: str) -> Certificate:
    """The agency gives its certificate up."""
    certificate = lock(Certificate, certificate_id)
    act(certificate.relinquish, actor=actor, reason=reason, why=reason.strip())
    publish(certificate, _("Given up by the agency"))
    return certificate


@transaction.atomic
def meet_condition(*, condition_id: UUID, actor: User, note: str) -> Certificate:
    """Note that a condition is met and how that was seen; the last one makes the certificate unconditional."""
    certificate_id = CertificateCondition.objects.values_list("certificate_id", flat=True).get(
        pk=condition_id
    )
    certificate = lock(Certificate, certificate_id)
    condition = lock(CertificateCondition, condition_id)
    if not by_scheme_manager(certificate, actor):
        raise NotPermitted(_("Only a scheme manager notes that a condition is met."))
    if condition.met_on is not None:
        when = f"{condition.met_on.day} {condition.met_on:%B %Y}"
        raise Conflict(_("This condition was noted as met on %(when)s.") % {"when": when})
    if not note.strip():
        raise ReasonRequired(fields={"note": [_("Say how you saw that it is met.")]})
    condition.met_on, condition.met_note = clocks.today(), note.strip()[:1000]
    condition.save()
    events.record(
        certificate, act="condition_met", actor=actor, reason=note.strip(), data={"place": condition.position}
    )
    still_open = certificate.conditions.filter(met_on__isnull=True).exists()
    if certificate.state == CertificateState.CONDITIONAL and not still_open:
        act(certificate.clear_conditions, actor=actor)
        publish(certificate, _("All conditions met"))
        _tell(certificate, "conditions_met")
    return certificate


@transaction.atomic
def expire_certificate(*, certificate_id: UUID) -> bool:
    """End one certificate whose last day has passed; False when there is nothing (more) to do."""
    certificate = lock(Certificate, certificate_id)
    if certificate.state not in RUNNING or certificate.expires_on >= clocks.today():
        return False
    act(certificate.expire, actor=events.SYSTEM)
    publish(certificate, _("Expired"))
    _tell(certificate, "expired")
    return True


def expire_due() -> int:
    """End every certificate whose last day has passed, one transaction each; returns how many."""
    due = Certificate.objects.filter(state__in=RUNNING, expires_on__lt=clocks.today()).values_list(
        "pk", flat=True
    )
    return sum(expire_certificate(certificate_id=one) for one in list(due))


def _check_why(reason: str, public_note: str, reason_code: str) -> None:
    fields: dict[str, list[str]] = {}
    if not reason.strip():
        fields["reason"] = [_("Give the reason in full. The scheme and the agency read it.")]
    if not public_note.strip():
        fields["public_note"] = [_("Write the sentence that the register shows with the date.")]
    if reason_code not in ReasonCode.values:
        fields["reason_code"] = [_("Choose a reason.")]
    if "reason_code" in fields:
        raise BadInput(fields=fields)
    if fields:
        raise ReasonRequired(fields=fields)


def _tell(certificate: Certificate, template: str, **context: Any) -> None:
    tell_agency(
        certificate.agency,
        f"certificates/{template}",
        {
            "agency": certificate.legal_name,
            "number": certificate.number,
            "reason_label": certificate.reason_label,
            "expires_on": certificate.expires_on,
            **context,
        },
        reverse("certificates:certificate", args=[certificate.pk]),
    )
