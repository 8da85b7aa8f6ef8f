"""Jobs of this room, and the sweep that does what a job missed."""

from __future__ import annotations

from uuid import UUID

from certification.credentials import services
from iris.core.outbox import job, sweep


@job("credentials.certificate_acted")
def certificate_acted(*, certificate_id: str) -> None:
    """Something happened to a certificate: its credential follows, and the status lists are published."""
    services.follow(certificate_id=UUID(certificate_id))
    services.publish_due()


@job("credentials.publish")
def publish() -> None:
    """A bit moved: publish the lists."""
    services.publish_due()


@sweep("credentials.status", every=20)
def status() -> None:
    """What no job did, and lists that grow old. A reader learns of an act within a minute even without the jobs."""
    try:
        services.follow_all()
    finally:  # lists that are not signed again end within the hour, and with them every credential's word
        services.publish_due()
