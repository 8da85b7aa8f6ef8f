"""Receipts are rendered in the children of the pdf queue."""

from uuid import UUID

from iris.core.outbox import job
from supplychain.lookups import services


@job(services.RENDER_JOB, queue="pdf")
def render_receipt(*, lookup_id: str) -> None:
    """Make one receipt's PDF."""
    services.render_receipt(lookup_id=UUID(lookup_id))
