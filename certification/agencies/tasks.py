"""Periodic work on agencies."""

from uuid import UUID

from iris.core import outbox

from . import services

outbox.expect("certificates.licence_lost")
outbox.expect("watches.agency_changed")


@outbox.sweep("agencies.licences", every=3600)
def tell_of_ending_licences() -> None:
    """Remind of licences that end, flag those that have."""
    services.tell_of_ending_licences()


@outbox.job("agencies.licence_register_changed")
def licence_register_changed(*, entry_id: str, **about: object) -> None:
    """A register now says something else of a licence: find the agencies that hold it."""
    services.licence_register_changed(entry_id=UUID(entry_id))


@outbox.job("agencies.likeness")
def look_for_likeness(*, agency_id: str) -> None:
    """Compare one agency with all others."""
    services.look_for_likeness(agency_id=UUID(agency_id))


@outbox.sweep("agencies.likenesses", every=3600)
def look_for_likenesses() -> None:
    """Look again at agencies not looked at for a day."""
    services.look_for_likenesses()


@outbox.sweep("agencies.changes", every=300)
def ask_for_unreported() -> None:
    """Ask for changes that the log shows and nobody reported."""
    services.ask_for_unreported()
