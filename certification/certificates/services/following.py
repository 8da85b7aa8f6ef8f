"""What a reported change can lead to here: a special audit of the running certificate (R52)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from certification.agencies.models import ChangeReport
from certification.agencies.selectors import ChangeAct
from certification.certificates.permissions import by_scheme_manager
from certification.certificates.selectors import running_certificate
from certification.certificates.services.auditing import order_audit
from certification.certificates.states import OrderKind
from iris.accounts.models import User
from iris.core.errors import Conflict


def change_acts(report: ChangeReport, user: User) -> list[ChangeAct]:
    """Offered to whoever may order an audit, while a certificate is held."""
    certificate = running_certificate(report.agency)
    if certificate is None or not by_scheme_manager(certificate, user):
        return []
    return [
        ChangeAct(
            name="special-audit",
            label=_("Order a special audit"),
            text=_("An audit firm looks at this change on the spot. The agency and the firm are told."),
            carry_out=_order,
        )
    ]


def _order(report: ChangeReport, actor: User, reason: str) -> str:
    certificate = running_certificate(report.agency)
    if certificate is None:
        raise Conflict(_("This certificate has ended: there is nothing to audit."))
    order = order_audit(
        certificate_id=certificate.pk,
        kind=OrderKind.SPECIAL,
        reason=reason,
        actor=actor,
        source_label="certification_agencies.changereport",
        source_id=report.pk,
    )
    return str(order)
