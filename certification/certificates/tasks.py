"""Jobs of this room."""

from __future__ import annotations

from uuid import UUID

from certification.certificates import services
from iris.core.outbox import job, sweep


@job("certificates.render_pdf", queue="pdf")
def render_pdf(*, certificate_id: str) -> None:
    """Make the PDF of one revision, once."""
    services.render_pdf(certificate_id=UUID(certificate_id))


@sweep("certificates.expire", every=60)
def expire() -> None:
    """End certificates whose last day has passed. The register did not wait for this: it reads the dates."""
    services.expire_due()
