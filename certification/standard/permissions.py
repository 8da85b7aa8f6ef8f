"""Who may publish and withdraw editions of the Standard."""

from __future__ import annotations

from typing import Any

from .states import PublicText


def may_publish(edition: Any, user: Any) -> bool:
    """The scheme's manager publishes editions."""
    return bool(user.is_kind("scheme") and user.has_role("scheme_manager"))


def may_read_text(edition: Any, user: Any) -> bool:
    """Anyone reads an edition in full, unless its licence keeps the text for people of the scheme's work."""
    return edition.public_text == PublicText.FULL or bool(user.is_authenticated)
