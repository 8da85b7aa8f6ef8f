"""Signed heads: what the scheme puts its name to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from certification.credentials import services as credentials
from certification.opendata.models import TreeHead
from certification.opendata.rules.entries import moment


def log_name() -> str:
    """Which log a head speaks of: its address."""
    return settings.IRIS_PUBLIC_URL.rstrip("/") + "/register/log/"


def head_payload(size: int, root: str, at: datetime) -> dict[str, Any]:
    """What is signed."""
    return {"log": log_name(), "size": size, "root": root, "at": moment(at)}


def signed_head(size: int, root: str, at: datetime) -> TreeHead:
    """Write and sign a head."""
    signature = credentials.sign(head_payload(size, root, at), typ="register-log-head+jws")
    return TreeHead.objects.create(size=size, root=root, at=at, signature=signature)
