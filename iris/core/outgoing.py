"""The one door through which the product calls an address that somebody else typed.

Only https, only to addresses that are public, all of them; the connection goes to the very address that was checked,
so that a name which answers differently a moment later changes nothing. No redirects, no proxies, and an end to how
much is read. One deadline for the whole call: looking the name up, connecting, shaking hands, reading. The resolver and
the list of places that tests may reach come from settings that production refuses to start with.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 15.0
MOST_BYTES = 1024 * 1024
# For a name that a person typed: a page waits for it. So many lookups may hang at once; no more are begun then.
LOOKUP_SECONDS = 5.0
MOST_LOOKUPS = 32
LOOKUP_THREAD = "lookup"
LONGEST_ADDRESS = 2_000
LOWEST_FREE_PORT = 1024
# Ranges that hold, translate or tunnel other addresses, beside what ipaddress itself knows not to be public.
_CARRIERS = tuple(
    ipaddress.ip_network(one)
    for one in (
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
        "100.64.0.0/10",
    )
)
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]*|[0-9]+)")


class Refused(Exception):
    """The address may not be called; the words say why and what to give instead."""


class Unreachable(Exception):
    """The address may be called, but no whole answer came; the words say why."""


@dataclass(frozen=True)
class Target:
    """A checked address: where to connect, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    milliseconds: int


def check(url: str, *, seconds: float = LOOKUP_SECONDS) -> Target:
    """Where a call to this address would go. Raises Refused with a sentence; asks the resolver once.

    Raises Unreachable when the resolver does not answer in time.
    """
    scheme, host, port, path = _parts(url)
    allowed = f"{host}:{port}" in settings.IRIS_OUTGOING_ALLOW
    if not allowed:
        _refuse_shape(scheme, host, port)
    addresses = _resolve(host, port, seconds)
    if not addresses:
        raise Refused(_("The name %(host)s leads nowhere. Check how it is spelt.") % {"host": host})
    if not allowed and not all(is_public(one) for one in addresses):
        raise Refused(
            _("%(host)s leads into a private network. Give an address that the internet reaches.")
            % {"host": host}
        )
    return Target(scheme, host, port, path, addresses[0])


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, whatever it wraps or however it is written."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        return is_public(str(found.ipv4_mapped))
    if any(found.version == net.version and found in net for net in _CARRIERS):
        return False
    closed = found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    return found.is_global and not closed and not found.is_private and not found.is_link_local


def _parts(url: str) -> tuple[str, str, int, str]:
    wrong = Refused(_("This is not an address. Expected: https://example.org/path"))
    if len(url) > LONGEST_ADDRESS or re.search(r"[\x00-\x20\x7f\\]", url):
        raise wrong
    try:
        split = urlsplit(url)
        port = split.port
        host = (split.hostname or "").rstrip(".")
        plain = host.encode("idna").decode() if host and not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise wrong from error
    if not plain or not split.scheme:
        raise wrong
    if split.username is not None or split.password is not None:
        raise Refused(_("Leave out the name and password before the @: each call is signed instead."))
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return split.scheme.lower(), plain.lower(), port or (443 if split.scheme == "https" else 80), path


def _refuse_shape(scheme: str, host: str, port: int) -> None:
    if scheme != "https":
        raise Refused(_("Only https is called. Expected: https://example.org/path"))
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise Refused(_("Give a name instead of a number: the certificate of the server names it."))
    if "." not in host or host.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        raise Refused(
            _("%(host)s is a name inside a network. Give one that the internet knows.") % {"host": host}
        )
    if port != 443 and port < LOWEST_FREE_PORT:  # https
        raise Refused(_("Port %(port)s is not called. Use 443, or one from 1024 up.") % {"port": port})


_lookups = threading.BoundedSemaphore(MOST_LOOKUPS)


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name. The system's resolver knows no deadline, so it is asked beside us and left behind."""
    late = Unreachable(
        _("The name %(host)s was not looked up within %(seconds)s seconds.")
        % {"host": host, "seconds": f"{seconds:.0f}"}
    )
    until = time.monotonic() + seconds
    place = _lookups
    if not place.acquire(timeout=max(0.0, seconds)):
        raise late
    found: list[list[str]] = []

    def look() -> None:
        try:
            found.append(_ask(host, port))
        finally:
            place.release()

    asker = threading.Thread(target=look, name=LOOKUP_THREAD, daemon=True)
    asker.start()
    asker.join(max(0.0, until - time.monotonic()))
    if asker.is_alive():
        raise late
    return found[0] if found else []


def _ask(host: str, port: int) -> list[str]:
    if settings.IRIS_OUTGOING_RESOLVER is not None:
        return list(settings.IRIS_OUTGOING_RESOLVER(host))
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body. Any status is an answer, also a redirect, which is never followed. Raises Refused, Unreachable."""
    return call("POST", url, body, headers)


def call(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """One call through the door. Raises Refused, and Unreachable for anything but a whole answer in time."""
    began = time.monotonic()
    try:
        target = check(url, seconds=seconds)
    except Unreachable as error:
        raise Unreachable(_why(TimeoutError(), seconds, seconds)) from error
    left = max(0.001, seconds - (time.monotonic() - began))
    line = _line_to(target, left)
    watchdog = threading.Timer(left, _hang_up, [line])
    watchdog.daemon = True
    watchdog.start()
    try:
        line.request(method, target.path, body=body, headers=dict(headers or {}))
        reply = line.getresponse()
        data = reply.read(most_bytes + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(_why(error, time.monotonic() - began, seconds)) from error
    finally:
        watchdog.cancel()
        line.close()
    if len(data) > most_bytes:
        raise Unreachable(_("The answer is longer than %(most)s bytes.") % {"most": most_bytes})
    if time.monotonic() - began > seconds:
        raise Unreachable(_why(TimeoutError(), seconds + 1, seconds))
    return Answer(reply.status, data, round((time.monotonic() - began) * 1000))


def _why(error: Exception, took: float, seconds: float) -> str:
    if took >= seconds or isinstance(error, TimeoutError):
        return str(_("No whole answer within %(seconds)s seconds.") % {"seconds": round(seconds)})
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(_("The certificate of the server does not hold: %(why)s") % {"why": error.verify_message})
    return f"{type(error).__name__}: {error}"[:300]


def _line_to(target: Target, seconds: float) -> _Pinned:
    if target.scheme == "https":
        return _PinnedTls(target, seconds)
    return _Pinned(target.host, target.port, timeout=seconds, pinned=target.address)


def _hang_up(line: _Pinned) -> None:
    """At the deadline, whoever still drips bytes is cut off, also while shaking hands."""
    line.over = True
    with contextlib.suppress(OSError):
        if line.sock is not None:
            socket.socket.shutdown(
                line.sock, socket.SHUT_RDWR
            )  # of an SSLSocket too: its own forgets the TLS state


class _Pinned(http.client.HTTPConnection):
    """Goes to the checked address; only tests speak without TLS, to places their settings allow."""

    def __init__(self, host: str, port: int, *, timeout: float, pinned: str) -> None:
        super().__init__(host, port, timeout=timeout)
        self._pinned = pinned
        self.over = False

    def connect(self) -> None:
        """Connect to the address that was checked, never to the name."""
        self._hold(socket.create_connection((self._pinned, self.port), self.timeout))

    def _hold(self, sock: socket.socket) -> None:
        """From here on the deadline can hang up on it; where that has just passed, nobody would."""
        self.sock = sock
        if self.over:
            raise TimeoutError


class _PinnedTls(_Pinned):
    """The same with TLS: the server has to hold a certificate for the name, whatever the address."""

    default_port = 443

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds, pinned=target.address)

    def connect(self) -> None:
        """Connect to the checked address and check the certificate for the name."""
        super().connect()
        context = ssl.create_default_context(cafile=settings.IRIS_OUTGOING_CA or None)
        wrapped = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self._hold(wrapped)
        wrapped.do_handshake()
