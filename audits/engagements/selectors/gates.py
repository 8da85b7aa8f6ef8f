"""What an auditor can do next with an audit, and what is missing before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.core.errors import Text
from iris.core.fsm import missing

from ..models import Audit
from ..states import AuditState

S = AuditState


@dataclass(frozen=True)
class Gate:
    """The next act, where it is done, and what has to be there first."""

    act: Text
    url: str
    missing: list[Text]


def _gates() -> dict[str, tuple[Text, str, Callable[[Audit], Any]]]:
    return {
        S.PLANNED: (_("Start stage 1"), "engagements:stage1", lambda audit: audit.start_stage1),
        S.STAGE1: (_("Close stage 1"), "engagements:stage1", lambda audit: audit.close_stage1),
        S.STAGE1_CLOSED: (_("Start stage 2"), "engagements:stage2", lambda audit: audit.start_stage2),
        S.STAGE2: (_("Send the draft report"), "engagements:stage2", lambda audit: audit.send_draft),
    }


def gate_of(audit: Audit) -> Gate | None:
    """The next gate; None where no list of things stands before the next act."""
    found = _gates().get(AuditState(audit.state))
    if found is None:
        return None
    act, url_name, method = found
    return Gate(act, reverse(url_name, args=[audit.pk]), missing(method(audit)))
