"""What the calendar and newer editions of the Standard do to self-assessments."""

from __future__ import annotations

from iris.core import outbox

from . import services


@outbox.job("assessments.edition_turned")
def edition_turned(edition_id: str) -> None:
    """A newer edition came into force: drafts on the one before move, or their people hear until when they may stay."""
    services.follow_rule()


@outbox.sweep("assessments.follow_rule", every=3600)
def follow_rule() -> None:
    """Drafts whose last day on an older edition has passed."""
    services.follow_rule()


@outbox.sweep("assessments.employers", every=3600)
def tell_employers() -> None:
    """Employers that can be told now, and those whose last day comes near."""
    services.tell_employers()
