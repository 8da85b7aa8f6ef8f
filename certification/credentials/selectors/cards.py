"""The card on the page of a certificate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from certification.certificates.models import Certificate
from certification.credentials.selectors.facts import certificate_url
from certification.credentials.selectors.issued import credential_of
from iris.accounts.models import User
from iris.core import pdf


def card_of(certificate: Certificate, user: User) -> dict[str, Any] | None:
    """Its credential, whether it holds, and the code of its public page."""
    found = credential_of(certificate)
    if found is None:
        return None
    tone, word, icon = "good", _("Holds"), "circle-check"
    if found.revoked_at:
        tone, word, icon = "past", _("Revoked"), "circle-x"
    elif found.suspended_at:
        tone, word, icon = "stop", _("Suspended"), "ban"
    return {
        "template": "credentials/_panel.html",
        "credential": found,
        "tone": tone,
        "word": word,
        "icon": icon,
        "file": f"{certificate.number}-r{certificate.revision}.vc.jwt",
        "qr": pdf.qr_svg(f"{certificate_url(certificate.number)}?revision={certificate.revision}"),
    }
