"""Jobs of this room."""

from __future__ import annotations

from uuid import UUID

from iris.accounts import services
from iris.core.outbox import job


@job("accounts.send_invitation")
def send_invitation(*, invitation_id: str) -> None:
    """Write the e-mail of an invitation."""
    services.send_invitation(invitation_id=UUID(invitation_id))
