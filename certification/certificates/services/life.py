"""What happens to a certificate with no proposal: given up by the agency, conditions met, expired by its date."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.certificates.models import Certificate, CertificateCondition
from certification.certificates.permissions import by_scheme_manager
from certification.certificates.services.holding import held
from certification.certificates.services.settling import end_keeping
from certification.certificates.services.telling import tell_of
from certification.certificates.services.writing import publish
from certification.certificates.states import RUNNING, CertificateState
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def relinquish_certificate(*, certificate_id: UUID, actor: User, reason: str) -> Certificate:
    """The agency gives its certificate up."""
    certificate = held(certificate_id)
    act(certificate.relinquish, actor=actor, reason=reason, why=reason.strip())
    publish(certificate, _("Given up by the agency"))
    end_keeping(certificate)
    return certificate


@transaction.atomic
def meet_condition(*, condition_id: UUID, actor: User, note: str) -> Certificate:
    """Note that a condition is met and how that was seen; the last one makes the certificate unconditional."""
    certificate_id = CertificateCondition.objects.values_list("certificate_id", flat=True).get(
        pk=condition_id
    )
    certificate = held(certificate_id)
    condition = lock(CertificateCondition, condition_id)
    if not by_scheme_manager(certificate, actor):
        raise NotPermitted(_("Only a scheme manager notes that a condition is met."))
    if condition.met_on is not None:
        when = in_words(condition.met_on)
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
        tell_of(certificate, "conditions_met")
    return certificate


@transaction.atomic
def expire_certificate(*, certificate_id: UUID) -> bool:
    """End one certificate whose last day has passed; False when there is nothing (more) to do."""
    certificate = held(certificate_id)
    if certificate.state not in RUNNING or certificate.expires_on >= clocks.today():
        return False
    act(certificate.expire, actor=events.SYSTEM)
    publish(certificate, _("Expired"))
    end_keeping(certificate)
    tell_of(certificate, "expired")
    return True


def expire_due() -> int:
    """End every certificate whose last day has passed, one transaction each; returns how many."""
    due = Certificate.objects.filter(state__in=RUNNING, expires_on__lt=clocks.today()).values_list(
        "pk", flat=True
    )
    return sum(expire_certificate(certificate_id=one) for one in list(due))
