"""E-mails to suppliers, and notes to the people who asked them."""

from uuid import UUID

from iris.core.outbox import job
from supplychain.chains import services


@job("chains.send_invitation")
def send_invitation(*, invitation_id: str) -> None:
    """Send one link."""
    services.send_invitation(invitation_id=UUID(invitation_id))


@job("chains.part_came_in")
def part_came_in(*, invitation_id: str) -> None:
    """Tell who asked."""
    services.tell_part_came_in(invitation_id=UUID(invitation_id))
