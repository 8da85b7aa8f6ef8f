"""Reminders by the clock, and e-mails to people without an account."""

from uuid import UUID

from iris.core.outbox import job, sweep
from supplychain.diligence import services


@sweep("diligence.conditions", every=3_600)
def conditions() -> None:
    """Tell employers of conditions that come due or are overdue."""
    services.remind_of_conditions()


@sweep("diligence.requests", every=3_600)
def requests() -> None:
    """Tell employers of requests for information that come due or are overdue."""
    services.remind_of_requests()


@sweep("diligence.nominees", every=900)
def nominees() -> None:
    """See which nominated recruiters enrolled or were certified."""
    services.follow_nominees()


@job(services.MAIL_JOB)
def mail_asker(*, request_id: str, template: str) -> None:
    """Tell an asker that there is news."""
    services.mail_asker(request_id=UUID(request_id), template=template)


@job(services.INVITE_JOB)
def mail_nominee(*, nominee_id: str) -> None:
    """Write to a nominated agency."""
    services.mail_nominee(nominee_id=UUID(nominee_id))
