"""How a receiver checks a message, on the pages for developers. A test runs each program on the standard's example."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """One program: it checks what a receiver got, with the secret in WEBHOOK_SECRET."""

    language: str
    title: str
    code: str


PYTHON = Example(
    "python",
    "Python",
    """import base64, hashlib, hmac, os, time

SECRET = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))

def is_ours(headers, body):  # body: the bytes as they came, before any parsing
    sent = headers["webhook-timestamp"]
    if abs(time.time() - int(sent)) > 300:  # too old: somebody may be playing it again
        return False
    signed = f"{headers['webhook-id']}.{sent}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, one) for one in headers["webhook-signature"].split(" "))""",
)
JAVASCRIPT = Example(
    "js",
    "JavaScript",
    """import { createHmac, timingSafeEqual } from "node:crypto";

const secret = Buffer.from(process.env.WEBHOOK_SECRET.replace("whsec_", ""), "base64");

export function isOurs(headers, body) {  // body: the Buffer as it came, before any parsing
  const sent = headers["webhook-timestamp"];
  if (Math.abs(Date.now() / 1000 - Number(sent)) > 300) return false;  // too old: played again
  const signed = Buffer.concat([Buffer.from(`${headers["webhook-id"]}.${sent}.`), body]);
  const expected = Buffer.from("v1," + createHmac("sha256", secret).update(signed).digest("base64"));
  return headers["webhook-signature"].split(" ").some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}""",
)
SHELL = Example(
    "sh",
    "curl and OpenSSL",
    """# ID, TIMESTAMP: the headers webhook-id and webhook-timestamp; body.json: the body as it came
HEX=$(printf %s "${WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
{ printf '%s.%s.' "$ID" "$TIMESTAMP"; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$HEX" -binary | base64
# compare with what stands after "v1," in webhook-signature""",
)
EVERY = (PYTHON, JAVASCRIPT, SHELL)

RECEIVER = Example(
    "python",
    "receiver.py",
    PYTHON.code
    + """


import json
from http.server import BaseHTTPRequestHandler, HTTPServer

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        taken = "webhook-id" in self.headers and is_ours(self.headers, body)
        print("taken: " + json.loads(body)["type"] if taken else "refused", flush=True)
        self.send_response(204 if taken else 401)
        self.end_headers()

server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Receiver)
print("waiting for messages on port", server.server_port, flush=True)
server.serve_forever()""",
)
START = """export WEBHOOK_SECRET=whsec_b25seS1mb3ItbXktb3duLW1hY2hpbmU=
python3 receiver.py"""
SEND = Example(
    "sh",
    "curl and OpenSSL, in another window",
    """export WEBHOOK_SECRET=whsec_b25seS1mb3ItbXktb3duLW1hY2hpbmU=
ID=msg_try_1
TIMESTAMP=$(date +%s)
printf '{"type": "webhook.ping", "timestamp": "%s", "data": {}}' "$(date -u +%FT%TZ)" > body.json
HEX=$(printf %s "${WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
SIGNATURE=$({ printf '%s.%s.' "$ID" "$TIMESTAMP"; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$HEX" -binary | base64)
curl -s -o /dev/null -w "%{http_code}" -H "Content-Type: application/json" -H "webhook-id: $ID" \\
     -H "webhook-timestamp: $TIMESTAMP" -H "webhook-signature: v1,$SIGNATURE" \\
     --data-binary @body.json http://localhost:9000/""",
)

HEADERS = """POST /your/path HTTP/1.1
Content-Type: application/json
webhook-id: msg_3f0c7a52d1e84b0f9a61c2f4b7a90e11
webhook-timestamp: 1795348800
webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="""
MESSAGE = """{
  "type": "certificate.suspended",
  "timestamp": "2026-11-22T12:00:00+00:00",
  "data": {
    "id": "0f3c7a52-d1e8-4b0f-9a61-c2f4b7a90e11",
    "event": "suspended",
    "at": "2026-11-22T11:59:58.120000Z",
    "on": "2026-11-22",
    "state": "suspended",
    "reason_code": "critical_finding",
    "certificate": "SANDBOX-C-0004",
    "revision": 1,
    "agency": "4a286d14-bd1f-5814-b68f-43468e9c3d6b",
    "legal_name": "Test Suspended Services",
    "registration_number": "SANDBOX-004",
    "country": "NP",
    "corridors": ["NP-AE", "NP-QA"],
    "sectors": ["construction"],
    "edition": 1,
    "effective_on": "2026-01-15",
    "expires_on": "2099-01-14",
    "log_index": 412,
    "verify_url": "https://register.example/verify/SANDBOX-C-0004/"
  }
}"""
