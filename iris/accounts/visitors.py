"""Somebody who is not signed in: answers the same questions as a person, always with no."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser


class Visitor(AnonymousUser):
    """Acts for nobody, holds no role."""

    acting = None
    organisation = None
    kind = ""
    role = ""
    label = ""
    full_name = ""
    email = ""
    language = ""

    def is_kind(self, *kinds: str) -> bool:
        """Never."""
        return False

    def has_role(self, *roles: str) -> bool:
        """Never."""
        return False
