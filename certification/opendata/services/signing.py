"""Signed heads: what the scheme puts its name to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from certification.opendata.models import TreeHead
from certification.opendata.rules.entries import moment


def sign(payload: dict[str, Any], *, typ: str) -> str:
    """The scheme's signature by its current key; empty while it has none."""
    try:
        made: str = import_string("certification.credentials.services.sign")(payload, typ=typ)
    except ImportError:
        return ""
    return made


def log_name() -> str:
    """Which log a head speaks of: its address."""
    return settings.IRIS_PUBLIC_URL.rstrip("/") + "/register/log/"


def head_payload(size: int, root: str, at: datetime) -> dict[str, Any]:
    """What is signed."""
    return {"log": log_name(), "size": size, "root": root, "at": moment(at)}


def signed_head(size: int, root: str, at: datetime) -> TreeHead:
    """Write and sign a head."""
    signature = sign(head_payload(size, root, at), typ="register-log-head+jws")
    return TreeHead.objects.create(size=size, root=root, at=at, signature=signature)
