"""Jobs of this room, and what its rules do by their dates."""

from __future__ import annotations

from uuid import UUID

from certification.certificates import services
from iris.core.outbox import job, sweep


@job("certificates.render_pdf", queue="pdf")
def render_pdf(*, certificate_id: str) -> None:
    """Make the PDF of one revision, once."""
    services.render_pdf(certificate_id=UUID(certificate_id))


@job("certificates.licence_lost")
def licence_lost(*, licence_id: str, why: str) -> None:
    """A licence of an agency is gone: its certificate comes under review."""
    services.licence_lost(licence_id=UUID(licence_id), why=why)


@sweep("certificates.expire", every=60)
def expire() -> None:
    """End certificates whose last day has passed. The register did not wait for this: it reads the dates."""
    services.expire_due()


@sweep("certificates.surveillance", every=600)
def surveillance() -> None:
    """Remind of surveillance audits, and suspend where one was missed."""
    services.ensure_windows()
    services.remind_surveillance()
    services.miss_surveillance()


@sweep("certificates.conditions", every=600)
def conditions() -> None:
    """Propose a suspension for conditions past their day; suspend where nobody decided in time."""
    services.propose_for_conditions()
    services.suspend_for_conditions()


@sweep("certificates.licence_reviews", every=600)
def licence_reviews() -> None:
    """Suspend by default where a lost licence was not decided on in time."""
    services.lapse_reviews()


@sweep("certificates.suspensions", every=600)
def suspensions() -> None:
    """Warn of and withdraw suspensions that have lasted their longest time."""
    services.withdraw_overlong()
