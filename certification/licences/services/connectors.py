"""How a list is fetched: through a client that is handed in. The product's own refuses unless it is allowed out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from iris.core import outgoing

MAX_BYTES = 60 * 1024 * 1024
SECONDS = 60


class SourceDown(Exception):
    """The source could not be had; the words say why."""


class Client(Protocol):
    """Something that can fetch an address."""

    def get(self, address: str) -> bytes:
        """The bytes behind an address. Raises SourceDown."""


class ClosedClient:
    """For an installation that sends nothing out."""

    def get(self, address: str) -> bytes:
        """Always refuses."""
        raise SourceDown(
            _("this installation is not allowed to fetch anything (IRIS_FETCH_REGISTERS is off)")
        )


class HttpsClient:
    """Through the guarded client, with limits of its own; a register that moved is looked at by a person first."""

    def get(self, address: str) -> bytes:
        """Fetch; anything but a whole answer is SourceDown."""
        headers = {"User-Agent": "iris-platform (licence registers)"}
        try:
            answer = outgoing.call("GET", address, headers=headers, seconds=SECONDS, most_bytes=MAX_BYTES)
        except (outgoing.Refused, outgoing.Unreachable) as error:
            raise SourceDown(str(error)[:200]) from error
        if answer.status != HTTPStatus.OK:
            raise SourceDown(_("the source answered with code %(code)s") % {"code": answer.status})
        return answer.body


def configured_client() -> Client:
    """The client this installation allows."""
    return HttpsClient() if settings.IRIS_FETCH_REGISTERS else ClosedClient()
