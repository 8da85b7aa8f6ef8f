"""The code that developers are shown, run on the example of the Standard Webhooks reference libraries."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from iris.webhooks import examples
from iris.webhooks.rules import TOPICS

NODE, OPENSSL = shutil.which("node"), shutil.which("openssl")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, SENT = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
OTHER = "v1,AAAM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def _headers(signature: str = SIGNATURE) -> dict[str, str]:
    return {"webhook-id": ID, "webhook-timestamp": str(SENT), "webhook-signature": signature}


# headers, body, seconds after it was sent, and whether it is to be taken
CASES = [
    (_headers(), BODY, 10, True),
    (_headers(f"{OTHER} {SIGNATURE}"), BODY, 10, True),  # while a secret is being replaced
    (_headers(), BODY.replace(b"4", b"5"), 10, False),
    (_headers(OTHER), BODY, 10, False),
    (_headers("v1,short"), BODY, 10, False),
    ({**_headers(), "webhook-id": "msg_other"}, BODY, 10, False),
    (_headers(), BODY, 301, False),
]


@pytest.mark.parametrize(("headers", "body", "later", "taken"), CASES)
def test_python_of_the_guide(
    headers: dict[str, str], body: bytes, later: int, taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setattr(time, "time", lambda: SENT + later)
    room: dict[str, object] = {}
    exec(examples.PYTHON.code, room)  # our own example, as a reader pastes it
    assert room["is_ours"](headers, body) is taken  # type: ignore[operator]


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_javascript_of_the_guide(tmp_path: Path) -> None:
    (tmp_path / "ours.mjs").write_text(examples.JAVASCRIPT.code, encoding="utf-8")
    calls = [
        f"Date.now = () => {(SENT + later) * 1000};"
        f"console.log(isOurs({headers!r}, Buffer.from({body.decode()!r})));"
        for headers, body, later, _taken in CASES
    ]
    (tmp_path / "run.mjs").write_text('import { isOurs } from "./ours.mjs";\n' + "\n".join(calls))
    done = subprocess.run(
        [str(NODE), str(tmp_path / "run.mjs")],
        env={**os.environ, "WEBHOOK_SECRET": SECRET},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [str(taken).lower() for *_rest, taken in CASES]


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl")
def test_shell_of_the_guide(tmp_path: Path) -> None:
    (tmp_path / "body.json").write_bytes(BODY)
    told = {**os.environ, "WEBHOOK_SECRET": SECRET, "ID": ID, "TIMESTAMP": str(SENT)}
    done = subprocess.run(
        ["bash", "-c", examples.SHELL.code],
        env=told,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert f"v1,{done.stdout.strip()}" == SIGNATURE


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl")
def test_receiver_of_the_guide_takes_what_the_guide_sends(tmp_path: Path) -> None:
    """The two programs as they stand, in one folder; only the port is another."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    (tmp_path / "receiver.py").write_text(examples.RECEIVER.code, encoding="utf-8")
    told = {**os.environ, "PORT": port, "no_proxy": "*"}
    start = examples.START.replace("python3", f"exec {sys.executable}")
    send = examples.SEND.code.replace(":9000", f":{port}")
    altered = send.replace("curl -s", "echo >> body.json; curl -s", 1)
    receiver = subprocess.Popen(["bash", "-c", start], env=told, cwd=tmp_path, stdout=subprocess.PIPE)
    assert receiver.stdout
    try:
        assert receiver.stdout.readline() == f"waiting for messages on port {port}\n".encode()
        for command, status in ((send, "204"), (altered, "401")):
            done = subprocess.run(
                ["bash", "-c", command], env=told, cwd=tmp_path, capture_output=True, text=True, timeout=60
            )
            assert done.stdout == status, done.stderr
    finally:
        receiver.terminate()
        said, _none = receiver.communicate(timeout=60)
    assert said.decode().splitlines() == ["taken: webhook.ping", "refused"]


@pytest.mark.django_db
def test_guide_is_open_and_names_every_event() -> None:
    page = Client().get(reverse("webhooks:guide"))
    text = page.content.decode()
    assert page.status_code == 200
    assert [one for one in TOPICS if f"<code>{one}</code>" not in text] == []
    assert "5 seconds, 5 minutes, 30 minutes, 2 hours" in " ".join(text.split())
