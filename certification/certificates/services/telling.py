"""Who hears of what happens to a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from iris.accounts.states import Role
from iris.notify import services as notify

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from certification.certificates.models import Certificate


def tell_agency(agency: Agency, template: str, context: dict[str, Any], url: str, key: str = "") -> None:
    """The people who speak for the agency, in their inbox and by e-mail, after commit; once for each key."""
    notify.notify_roles(
        organisation=agency.organisation,
        roles=(Role.SIGNATORY, Role.MANAGER),
        template=template,
        context=context,
        url=url,
        key=key,
    )


def tell_of(certificate: Certificate, template: str, key: str = "", **context: Any) -> None:
    """The agency's people hear what happened to their certificate."""
    tell_agency(
        certificate.agency,
        f"certificates/{template}",
        {**words_of(certificate), **context},
        reverse("certificates:certificate", args=[certificate.pk]),
        key,
    )


def tell_scheme(
    certificate: Certificate, template: str, role: str, url: str = "", key: str = "", **context: Any
) -> None:
    """The scheme's people in a role hear that something waits for them."""
    notify.notify(
        people=notify.scheme_people([role]),
        template=f"certificates/{template}",
        context={**words_of(certificate), **context},
        url=url or reverse("certificates:certificate", args=[certificate.pk]),
        key=key,
    )


def words_of(certificate: Certificate) -> dict[str, Any]:
    """What every message about a certificate may say."""
    return {
        "agency": certificate.legal_name,
        "number": certificate.number,
        "reason_label": certificate.reason_label,
        "expires_on": certificate.expires_on,
    }
