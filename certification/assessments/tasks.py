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


@outbox.sweep("assessments.hand_over", every=60)
def hand_over_sections() -> None:
    """Sections promised to people who have joined since."""
    services.hand_over_sections()


@outbox.sweep("assessments.reminders", every=3600)
def remind_of_questions() -> None:
    """Questions whose day is near or has passed."""
    services.remind_of_questions()
