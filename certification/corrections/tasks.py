"""E-mails to senders without an account, and forgetting who they were."""

from uuid import UUID

from certification.corrections import services
from iris.core.outbox import job, sweep


@job(services.MAIL_JOB)
def mail_sender(*, dispute_id: str, template: str) -> None:
    """Tell a sender that there is news."""
    services.mail_sender(dispute_id=UUID(dispute_id), template=template)


@sweep("corrections.contacts", every=86_400)
def contacts() -> None:
    """Erase names and addresses whose time is over."""
    services.forget_contacts()
