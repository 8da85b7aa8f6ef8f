"""E-mails to those who pay a share and have no account."""

from uuid import UUID

from certification.repayments import services
from iris.core.outbox import job


@job("repayments.send_share")
def send_share(*, notice_id: str) -> None:
    """Send one link."""
    services.write_share_mail(notice_id=UUID(notice_id))
