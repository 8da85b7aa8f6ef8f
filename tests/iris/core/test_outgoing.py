"""The guarded client: what may be called, and that nothing else is ever reached."""

from __future__ import annotations

import contextlib
import importlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured

from iris.core import outgoing

PUBLIC = "93.184.215.14"


class Canary:
    """A listener on loopback that counts who reaches it. Nobody may."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.reached = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                line, _from = self.socket.accept()
            except OSError:
                return
            self.reached += 1
            line.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.socket.close()


# What a person could type, with {port} of the canary. Each name that is no number resolves as NAMES says.
ADDRESSES = (
    "https://127.0.0.1:{port}/",
    "https://127.1:{port}/",
    "https://127.0.0.2:{port}/",
    "https://localhost:{port}/",
    "https://LOCALHOST:{port}/",
    "https://localhost.:{port}/",
    "https://sub.localhost:{port}/",
    "https://2130706433:{port}/",
    "https://0x7f000001:{port}/",
    "https://0x7f.0.0.1:{port}/",
    "https://0177.0.0.1:{port}/",
    "https://017700000001:{port}/",
    "https://0.0.0.0:{port}/",
    "https://0:{port}/",
    "https://[::1]:{port}/",
    "https://[::]:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::ffff:7f00:1]:{port}/",
    "https://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "https://[::1%25lo]:{port}/",
    "https://①②⑦.⓪.⓪.①:{port}/",
    "https://127。0。0。1:{port}/",
    "https://user@127.0.0.1:{port}/",
    "https://example.org@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}\\@example.org/",
    "https://127.0.0.1:{port}#@example.org/",
    "http://loops.example:{port}/",
    "http://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_",
    "//127.0.0.1:{port}/",
    "https://loops.example:{port}/",
    "https://loops6.example:{port}/",
    "https://mapped.example:{port}/",
    "https://both.example:{port}/",
    "https://private10.example:{port}/",
    "https://private172.example:{port}/",
    "https://private192.example:{port}/",
    "https://shared.example:{port}/",
    "https://linklocal.example:{port}/",
    "https://linklocal6.example:{port}/",
    "https://unique6.example:{port}/",
    "https://site6.example:{port}/",
    "https://nat64.example:{port}/",
    "https://sixtofour.example:{port}/",
    "https://teredo.example:{port}/",
    "https://compat6.example:{port}/",
    "https://multicast.example:{port}/",
    "https://reserved.example:{port}/",
    "https://broadcast.example:{port}/",
    "https://nowhere.example:{port}/",
    "https://printer.local:{port}/",
    "https://db.internal:{port}/",
    "https://intranet:{port}/",
    "https://example.org:22/",
    "https://example.org:99999/",
    "https://exa mple.org:{port}/",
    "https://example.org:{port}/\r\nHost: 127.0.0.1",
    "javascript:alert(1)",
    "",
)
NAMES = {
    "loops.example": ["127.0.0.1"],
    "loops6.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "private10.example": ["10.0.0.5"],
    "private172.example": ["172.16.3.4"],
    "private192.example": ["192.168.1.1"],
    "shared.example": ["100.64.0.1"],
    "linklocal.example": ["169.254.169.254"],
    "linklocal6.example": ["fe80::1"],
    "unique6.example": ["fd00::1"],
    "site6.example": ["fec0::1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::"],
    "teredo.example": ["2001:0:7f00:1::"],
    "compat6.example": ["::127.0.0.1"],
    "multicast.example": ["224.0.0.1"],
    "reserved.example": ["240.0.0.1"],
    "broadcast.example": ["255.255.255.255"],
    "nowhere.example": [],
    "example.org": [PUBLIC],
}


def answering(host: str) -> list[str]:
    """As a careless system resolver would: names from the table, numbers in every spelling it knows."""
    if host in NAMES:
        return NAMES[host]
    try:
        return [str(one[4][0]) for one in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return []


def test_there_are_enough_vectors() -> None:
    assert len(set(ADDRESSES)) >= 60


@pytest.mark.parametrize("address", ADDRESSES)
def test_ssrf_vector_is_refused_and_reaches_nothing(address: str, canary: Canary, settings: Any) -> None:
    settings.IRIS_OUTGOING_RESOLVER = answering
    with pytest.raises(outgoing.Refused) as refused:
        outgoing.post(address.format(port=canary.port), b"{}", {})
    assert str(refused.value).endswith((".", "path"))  # a sentence that helps, or the pattern expected
    assert canary.reached == 0


def test_dns_rebinding_goes_to_the_address_that_was_checked(
    canary: Canary, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def turning(host: str) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    gone: list[str] = []

    def connect(where: tuple[str, int], _timeout: float) -> None:
        gone.append(where[0])
        raise OSError("not from a test")

    settings.IRIS_OUTGOING_RESOLVER = turning
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(outgoing.Unreachable):
        outgoing.post(f"https://turning.example:{canary.port}/", b"{}", {})
    assert (gone, asked) == ([PUBLIC], ["turning.example"])
    assert canary.reached == 0


class Server(BaseHTTPRequestHandler):
    """Answers as the path says."""

    got: list[tuple[str, bytes]] = []
    elsewhere = ""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.got.append((self.path, body))
        if self.path == "/moved":
            self.send_response(307)
            self.send_header("Location", self.elsewhere)
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/long":
            self.wfile.write(b"x" * 5_000)
        if self.path == "/slow":
            threading.Event().wait(1.5)

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server(settings: Any) -> Iterator[HTTPServer]:
    made = HTTPServer(("127.0.0.1", 0), Server)
    Server.got = []
    threading.Thread(target=made.serve_forever, daemon=True).start()
    settings.IRIS_OUTGOING_ALLOW = (f"127.0.0.1:{made.server_port}",)
    yield made
    made.shutdown()
    made.server_close()


def test_answer_comes_back_with_its_code(server: HTTPServer) -> None:
    answer = outgoing.post(f"http://127.0.0.1:{server.server_port}/a?b=1", b'{"x":1}', {})
    assert answer.status == 200
    assert Server.got == [("/a?b=1", b'{"x":1}')]


def test_redirect_is_an_answer_and_not_followed(server: HTTPServer, canary: Canary) -> None:
    Server.elsewhere = f"http://127.0.0.1:{canary.port}/"
    assert outgoing.post(f"http://127.0.0.1:{server.server_port}/moved", b"", {}).status == 307
    assert canary.reached == 0


def test_answer_that_is_too_long_is_cut_off(server: HTTPServer) -> None:
    with pytest.raises(outgoing.Unreachable, match="longer than 1000 bytes"):
        outgoing.call("POST", f"http://127.0.0.1:{server.server_port}/long", b"", most_bytes=1000)


def test_answer_that_drips_is_hung_up_on(server: HTTPServer) -> None:
    with pytest.raises(outgoing.Unreachable, match="No whole answer within"):
        outgoing.call("POST", f"http://127.0.0.1:{server.server_port}/slow", b"", seconds=0.3)


@pytest.fixture
def silent_resolver(settings: Any) -> Iterator[threading.Event]:
    """A resolver that answers nobody until it is let go."""
    go = threading.Event()

    def silent(_host: str) -> list[str]:
        go.wait(20)
        return [PUBLIC]

    settings.IRIS_OUTGOING_RESOLVER = silent
    yield go
    go.set()


def _took(call: Any, match: str) -> float:
    began = time.monotonic()
    with pytest.raises(outgoing.Unreachable, match=match):
        call()
    return time.monotonic() - began


def test_resolver_that_hangs_holds_nobody_beyond_the_deadline(silent_resolver: threading.Event) -> None:
    address = "https://hooks.example.org/in"
    assert _took(lambda: outgoing.call("POST", address, b"", seconds=0.2), "No whole answer within") < 5
    assert _took(lambda: outgoing.check(address, seconds=0.1), "hooks.example.org was not looked up") < 5


def test_lookups_that_hang_do_not_pile_up(
    silent_resolver: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "_lookups", threading.BoundedSemaphore(2))
    monkeypatch.setattr(outgoing, "LOOKUP_THREAD", "lookup of test")
    for _turn in range(5):
        _took(lambda: outgoing.check("https://hooks.example.org/in", seconds=0.02), "not looked up")
    assert sum(one.name == "lookup of test" for one in threading.enumerate()) == 2
    silent_resolver.set()
    settled = outgoing.check("https://hooks.example.org/in", seconds=10)
    assert settled.address == PUBLIC


def test_time_for_the_name_counts_against_the_whole(server: HTTPServer, settings: Any) -> None:
    """0.4 of 0.6 seconds go to the resolver; a server that answers nothing has the rest."""
    mute = socket.create_server(("127.0.0.1", 0))
    port = mute.getsockname()[1]

    def slow(_host: str) -> list[str]:
        threading.Event().wait(0.4)
        return ["127.0.0.1"]

    settings.IRIS_OUTGOING_RESOLVER, settings.IRIS_OUTGOING_ALLOW = slow, (f"hooks.example:{port}",)
    lines: list[float] = []
    real = outgoing._line_to
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outgoing, "_line_to", lambda target, left: lines.append(left) or real(target, left))
        _took(
            lambda: outgoing.call("POST", f"http://hooks.example:{port}/", b"", seconds=0.6),
            "No whole answer",
        )
    mute.close()
    assert 0 < lines[0] <= 0.2


def test_handshake_that_drips_is_hung_up_on(settings: Any) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    settings.IRIS_OUTGOING_RESOLVER = lambda _host: ["127.0.0.1"]
    settings.IRIS_OUTGOING_ALLOW = (f"hooks.example:{port}",)
    ended = threading.Event()

    def drip() -> None:
        line, _from = listener.accept()
        with contextlib.suppress(OSError):
            line.sendall(b"\x16\x03\x03\x40\x00")  # the head of a long record of TLS; its bytes one by one
            while not ended.wait(0.05):
                line.sendall(b"\x02")
        line.close()

    threading.Thread(target=drip, daemon=True).start()
    address = f"https://hooks.example:{port}/"
    closer = threading.Timer(8, ended.set)  # so that a client that waits fails this test and does not hang it
    closer.start()
    try:
        assert _took(lambda: outgoing.call("POST", address, b"", seconds=0.3), "No whole answer within") < 5
    finally:
        closer.cancel()
        ended.set()
        listener.close()


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, private


@pytest.mark.parametrize(("name", "holds"), [("hooks.example", True), ("other.example", False)])
def test_tls_is_checked_for_the_name_at_the_pinned_address(
    name: str, holds: bool, server: HTTPServer, settings: Any, tmp_path: Path
) -> None:
    pem, private = _certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    settings.IRIS_OUTGOING_CA = str(pem)
    settings.IRIS_OUTGOING_RESOLVER = lambda _host: ["127.0.0.1"]
    settings.IRIS_OUTGOING_ALLOW = (f"hooks.example:{server.server_port}",)
    address = f"https://hooks.example:{server.server_port}/"
    if holds:
        assert outgoing.post(address, b"{}", {}).status == 200
    else:
        with pytest.raises(outgoing.Unreachable, match="certificate of the server does not hold"):
            outgoing.post(address, b"{}", {})


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "8.8.8.8", "2001:4860:4860::8888"])
def test_open_internet_is_public(address: str) -> None:
    assert ip_address(address).is_global
    assert outgoing.is_public(address)


@pytest.mark.parametrize("name", ["IRIS_OUTGOING_RESOLVER", "IRIS_OUTGOING_ALLOW", "IRIS_OUTGOING_CA"])
def test_production_refuses_to_start_with_the_door_open(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "127.0.0.1:1")
    with pytest.raises(ImproperlyConfigured, match=name):
        importlib.import_module("iris.settings.production")


def test_nothing_but_tests_starts_with_the_door_open(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from iris.core.apps import _refuse_open_door

    settings.IRIS_OUTGOING_ALLOW = ("127.0.0.1:1",)
    settings.SETTINGS_MODULE = "iris.settings.development"
    with pytest.raises(ImproperlyConfigured, match="Only tests"):
        _refuse_open_door()
