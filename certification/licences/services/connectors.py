"""How a list is fetched: through a client that is handed in. The product's own refuses unless it is allowed out."""

from __future__ import annotations

from typing import Protocol
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

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


class _NoRedirect(HTTPRedirectHandler):
    """A register that moved is looked at by a person first."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Never follow."""


class HttpsClient:
    """Plain HTTPS with limits, to the addresses of registers.yaml only."""

    def get(self, address: str) -> bytes:
        """Fetch; anything but a whole answer is SourceDown."""
        if urlsplit(address).scheme != "https":
            raise SourceDown(_("the address is not https"))
        request = Request(address, headers={"User-Agent": "iris-platform (licence registers)"})  # noqa: S310 # https only, checked above
        try:
            with build_opener(_NoRedirect()).open(request, timeout=SECONDS) as answer:
                data: bytes = answer.read(MAX_BYTES + 1)
        except (URLError, OSError, ValueError) as error:
            raise SourceDown(str(error)[:200]) from error
        if len(data) > MAX_BYTES:
            raise SourceDown(_("the file is larger than %(most)s MB") % {"most": MAX_BYTES // 1048576})
        return data


def configured_client() -> Client:
    """The client this installation allows."""
    return HttpsClient() if settings.IRIS_FETCH_REGISTERS else ClosedClient()
