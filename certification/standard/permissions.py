"""Who may publish and withdraw editions of the Standard."""

from __future__ import annotations

from typing import Any

from .states import PublicText

AT_WORK = ("scheme", "agency", "audit_firm", "training_provider")


def may_publish(edition: Any, user: Any) -> bool:
    """The scheme's manager publishes editions."""
    return bool(user.is_kind("scheme") and user.has_role("scheme_manager"))


def may_read_text(edition: Any, user: Any) -> bool:
    """Anyone reads an edition in full, unless its licence keeps the text for those who work with it.

    Those are the scheme, the agencies, the audit firms and the trainers; an account alone opens nothing.
    """
    if edition.public_text == PublicText.FULL:
        return True
    return bool(user.is_authenticated and user.is_kind(*AT_WORK))
