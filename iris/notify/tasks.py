"""Jobs of this room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from iris.core.outbox import job
from iris.notify import services


@job("notify.send_email")
def send_email(*, notice_id: str) -> None:
    """Send the e-mail of a notice."""
    services.send_email(notice_id=UUID(notice_id))


@job("notify.tell")
def tell(*, people: list[str], template: str, context: dict[str, Any], url: str = "", key: str = "") -> None:
    """Tell people something; asked by rooms below this one."""
    services.tell(people=people, template=template, context=context, url=url, key=key)
