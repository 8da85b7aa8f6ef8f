"""The certificate that runs, as the room above tells it, and what it means for an application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from certification.agencies.selectors import in_words
from certification.applications.states import ApplicationKind
from iris.core import clocks

if TYPE_CHECKING:
    from certification.agencies.models import Agency

    from ..models import Application


@dataclass(frozen=True)
class Running:
    """A certificate that has not ended: from `opens_on` its renewal may be applied for, until `expires_on`."""

    certificate_id: UUID
    number: str
    opens_on: date
    expires_on: date
    # Set where this certificate may not be renewed at all, with the sentence that says why.
    why_not: str = ""


RunningProvider = Callable[["Agency"], "Running | None"]
_providers: dict[str, RunningProvider] = {}


def offer_running(provider: RunningProvider, key: str = "certificates") -> None:
    """Say which certificate of an agency runs now (active, conditional or suspended, not past its last day)."""
    _providers[key] = provider


def running_of(agency: Agency) -> Running | None:
    """The certificate that runs now, if a room above knows one that has not ended."""
    for provider in _providers.values():
        found = provider(agency)
        if found is not None and found.expires_on >= clocks.today():
            return found
    return None


def window_opens_on(expires_on: date) -> date:
    """The first day on which the renewal of a certificate may be applied for."""
    return clocks.add_months(expires_on, -clocks.number("recertification_window_months"))


def kind_for(running: Running | None) -> ApplicationKind:
    """What an agency applies for: its first certification, or the renewal of what runs."""
    return ApplicationKind.RECERTIFICATION if running else ApplicationKind.INITIAL


def missing_for_kind(running: Running | None, kind: ApplicationKind) -> list[str]:
    """Why this kind of application is not open now; empty when it is."""
    if running is None:
        if kind == ApplicationKind.RECERTIFICATION:
            return [_("No certificate of your agency runs. Apply for a first certification.")]
        return []
    words = {"number": running.number, "end": in_words(running.expires_on)}
    if kind == ApplicationKind.INITIAL:
        return [
            _(
                "Certificate %(number)s runs until %(end)s. Apply for its renewal, not for a first certification."
            )
            % words
        ]
    if running.why_not:
        return [running.why_not]
    if clocks.today() < running.opens_on:
        return [
            _("Certificate %(number)s runs until %(end)s. Its renewal can be applied for from %(day)s.")
            % {**words, "day": in_words(running.opens_on)}
        ]
    return []


def missing_of_renewal(application: Application) -> list[str]:
    """What stands against sending a draft because of the certificate: it may have ended, or been granted, since."""
    running = running_of(application.agency)
    if application.kind == ApplicationKind.RECERTIFICATION:
        if running is not None and running.number == application.renews_number:
            return []
        return [
            _("Certificate %(number)s has ended. Withdraw this draft and apply for a first certification.")
            % {"number": application.renews_number}
        ]
    return missing_for_kind(running, ApplicationKind.INITIAL)
