"""Asking the room of notices, which stands above this one: through the outbox and by name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from iris.accounts.models import User
from iris.core import outbox


def tell(people: Iterable[User], template: str, *, url: str, **context: str) -> None:
    """Tell people something after commit; the key makes a job that runs twice harmless."""
    wanted = sorted({str(person.pk) for person in people})
    if wanted:
        outbox.enqueue(
            "notify.tell", people=wanted, template=template, context=context, url=url, key=f"tell:{uuid4()}"
        )
