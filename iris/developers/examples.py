"""Examples on the pages for developers. A test runs every one of them against the live server of the tests."""

from dataclasses import dataclass

from django.conf import settings

NAMES = {"sh": "curl", "python": "Python", "js": "JavaScript"}


@dataclass(frozen=True)
class Example:
    """One program, and what it prints."""

    language: str
    code: str
    prints: str

    @property
    def name(self) -> str:
        """What a reader calls the language."""
        return NAMES[self.language]

    @property
    def text(self) -> str:
        """The program with this server's address."""
        return self.code.replace("BASE", settings.IRIS_PUBLIC_URL.rstrip("/"))


SHOWN = "SANDBOX-C-0004"
CURL = Example(
    "sh",
    """curl -s -H "Authorization: Api-Key $KEY" \\
     BASE/api/v1/certificates/SANDBOX-C-0004/""",
    '"status":"suspended"',
)
PYTHON = Example(
    "python",
    """import json, os, urllib.request

request = urllib.request.Request(
    "BASE/api/v1/certificates/SANDBOX-C-0004/",
    headers={"Authorization": "Api-Key " + os.environ["KEY"]},
)
with urllib.request.urlopen(request) as answer:
    certificate = json.load(answer)
print(certificate["legal_name"], certificate["status"], certificate["valid_today"])""",
    "Test Suspended Services suspended False",
)
JAVASCRIPT = Example(
    "js",
    """const answer = await fetch("BASE/api/v1/certificates/SANDBOX-C-0004/", {
  headers: { Authorization: "Api-Key " + process.env.KEY },
});
const certificate = await answer.json();
console.log(certificate.legal_name, certificate.status, certificate.valid_today);""",
    "Test Suspended Services suspended false",
)
CHECK = Example(
    "sh",
    """curl -s -H "Authorization: Api-Key $KEY" -H "Content-Type: application/json" \\
     -H "Idempotency-Key: 5f0c7a52-nightly-0001" \\
     -d '{"text": "Test Narrow Overseas", "origin": "NP", "destination": "AE"}' \\
     BASE/api/v1/lookups/""",
    '"verdict":"other_scope"',
)
AGAIN = Example(
    "sh",
    """TAG=$(curl -s -D - -o /dev/null -H "Authorization: Api-Key $KEY" \\
     BASE/api/v1/agencies/ | tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: //p')
curl -s -o /dev/null -w "%{http_code}" -H "Authorization: Api-Key $KEY" \\
     -H "If-None-Match: $TAG" BASE/api/v1/agencies/""",
    "304",
)
WRONG = Example(
    "sh",
    """curl -s -H "Authorization: Api-Key $KEY" \\
     "BASE/api/v1/agencies/?countri=NP\"""",
    '"countri":["There is no such field.',
)
FEED = Example(
    "sh",
    """curl -s -H "Authorization: Api-Key $KEY" \\
     "BASE/api/v1/agencies/?changed_since=&page_size=4\"""",
    '"changed_since":"sandbox-agencies-4","more":true',
)
MATCH = Example(
    "sh",
    """curl -s -H "Authorization: Api-Key $KEY" -H "Content-Type: application/json" \\
     -d '{"queries": {"row 1": {"name": "Test Twin Overseas"}}}' \\
     BASE/api/v1/match/""",
    '"outcome":"ambiguous"',
)
VERIFY = Example(
    "sh",
    """curl -s -H "Authorization: Api-Key $KEY" -H "Content-Type: application/json" \\
     -d '{"number": "SANDBOX-C-0003", "origin": "NP", "destination": "AE"}' \\
     BASE/api/v1/verify/""",
    '"result":"another_corridor"',
)
FIRST = (CURL, PYTHON, JAVASCRIPT)
SANDBOX = (MATCH, VERIFY, FEED)
EVERY = (*FIRST, CHECK, AGAIN, WRONG, *SANDBOX)
