"""The certificate's PDF: it carries its credential, and a signature over every byte of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from certification.certificates.models import Certificate
from certification.credentials.rules import documents
from certification.credentials.services import issuing, keys
from certification.credentials.states import KeyUse
from iris.core.pdf import PdfAttachment


def attachments(certificate: Certificate) -> Sequence[PdfAttachment]:
    """The credential of the revision, issued now when no job has been yet. None for one that ended before."""
    credential = issuing.issue(certificate_id=certificate.pk)
    if credential is None:
        return []
    return [
        PdfAttachment(
            name=documents.ATTACHMENT,
            data=credential.jwt.encode(),
            description=_("This certificate as a credential that a machine can verify"),
        )
    ]


def seal(data: bytes, certificate: Certificate) -> bytes:
    """The PDF with the scheme's signature."""
    return documents.sign(
        data,
        _signer(),
        reason=_("Certificate %(number)s, revision %(revision)s")
        % {"number": certificate.number, "revision": certificate.revision},
        name=str(settings.SCHEME_NAME),
    )


def _signer() -> Any:
    if settings.IRIS_DOCUMENT_PKCS12:
        return documents.configured_signer()
    key = keys.ready_key(KeyUse.DOCUMENT)
    return documents.signer(keys.private_jwk(key), key.certificate_pem)
