"""Standard Webhooks: how a message is signed, and when it is tried again. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text

PREFIX = "whsec_"
SECRET_BYTES = 32
GONE = 410
# Pauses after the 1st, 2nd, ... failure, as Standard Webhooks proposes; after the last one the message is given up.
PAUSES = tuple(
    timedelta(seconds=one) for one in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)


def new_secret() -> str:
    """A secret as its owner sees it: whsec_ and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over id.timestamp.body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers_of(message_id: str, at: datetime, body: str, secrets_: Iterable[str]) -> dict[str, str]:
    """The headers of one try. While a secret is being replaced both sign, so that no receiver misses a message."""
    timestamp = int(at.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "iris-webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(one, message_id, timestamp, body) for one in secrets_),
    }


def body_of(topic: str, at: datetime, data: Mapping[str, Any]) -> str:
    """The body: type, timestamp, data."""
    told = {"type": topic, "timestamp": at.isoformat(timespec="seconds"), "data": data}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False, default=str)


MOST_TOPICS = 20
MOST_BYTES = 20_000
# What can be asked for; the rooms that publish are named by their group.
TOPIC_WORDS: dict[str, Text] = {
    "watch.changed": _("A watch of yours found a change"),
    "certificate.issued": _("A certificate was issued"),
    "certificate.renewed": _("It was renewed for another term"),
    "certificate.reduced": _("It covers less than before"),
    "certificate.corrected": _("Its particulars were corrected"),
    "certificate.restored": _("It was restored after an appeal"),
    "certificate.conditions_set": _("Conditions were attached to it"),
    "certificate.conditions_met": _("All its conditions are met"),
    "certificate.suspended": _("It was suspended"),
    "certificate.reinstated": _("It holds again after a suspension"),
    "certificate.withdrawn": _("It was withdrawn"),
    "certificate.given_up": _("The agency gave it up"),
    "certificate.expired": _("Its time is over"),
    "certificate.replaced": _("A later revision took its place"),
}
GROUP_WORDS: dict[str, Text] = {
    "certificate.*": _("Every act on the public register"),
    "watch.*": _("Every change of your watches"),
}
TOPICS: tuple[str, ...] = tuple(TOPIC_WORDS)
CHOICES = (*sorted({one.partition(".")[0] + ".*" for one in TOPICS}), *TOPICS)


def words_of(topic: str) -> Text:
    """What happened when a message of this name is sent; nothing for a name we do not have."""
    return GROUP_WORDS.get(topic) or TOPIC_WORDS.get(topic, "")


def names_of(topic: str) -> tuple[str, str]:
    """The two ways to ask for a topic: by its name, or by its group."""
    return topic, topic.partition(".")[0] + ".*"


def pause_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures; None when it is given up."""
    return PAUSES[failures - 1] if 1 <= failures <= len(PAUSES) else None


def over(status: int | None) -> bool:
    """Whether the answer says that the receiver is gone for good."""
    return status == GONE


def delivered(status: int) -> bool:
    """Whether an answer says that the message was taken: 2xx and nothing else, a redirect neither."""
    return 200 <= status < 300  # the class of codes
