"""Certificates verified as strangers verify them: from what is published, with software no one here wrote."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from certification.credentials import services
from certification.credentials.models import StatusList
from certification.credentials.rules import bits
from iris.core import clocks

NODE = Path(__file__).parent / "node" / "credentials.mjs"


@dataclass
class Stranger:
    """What somebody outside has: did.json, the status lists, a schema, two libraries, and a clock."""

    did: dict[str, Any]
    lists: dict[str, str] = field(default_factory=dict)
    schema: dict[str, Any] | None = None
    _read: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @classmethod
    def now(cls, shared: Path | None = None, name: str = "dcc") -> Stranger:
        """Everything as it is published at this moment."""
        client = Client()
        services.follow_all()
        services.publish_due()
        found = cls(json.loads(client.get("/.well-known/did.json").content))
        for row in StatusList.objects.all():
            token = client.get(f"/credentials/status/{row.purpose}/{row.number}/").content.decode()
            found.lists[_payload(token)["id"]] = token
        if shared is not None:
            found.schema = schema(shared, name)
        return found

    def refuses(self, token: str) -> str:
        """Why this is not to be relied on; empty when it is. Each step on its own: signature, issuer, dates, status."""
        try:
            said = self.signed(token)
        except Exception as error:  # whatever a library raises, it did not verify
            return f"signature: {type(error).__name__}"
        if said.get("issuer", {}).get("id") != self.did["id"]:
            return "issuer"
        now = clocks.now()
        if not _moment(said["validFrom"]) <= now <= _moment(said["validUntil"]):
            return "dates"
        if self.schema is not None and self.wrong(said):
            return "schema"
        return "status" if any(value for _purpose, value in self.status(said)) else ""

    def signed(self, token: str) -> dict[str, Any]:
        """The credential, when PyJWT verifies it by the key that it names in did.json."""
        header = jwt.get_unverified_header(token)
        if header.get("typ") != "vc+jwt":
            raise ValueError("typ")
        method = next(one for one in self.did["verificationMethod"] if one["id"] == header["kid"])
        key = jwt.PyJWK(method["publicKeyJwk"]).key
        return dict(jwt.decode(token, key, algorithms=["EdDSA", "ES256"]))

    def wrong(self, said: dict[str, Any]) -> list[str]:
        """What jsonschema finds wrong."""
        return [one.message for one in self._validator.iter_errors(said)]

    @cached_property
    def _validator(self) -> Draft202012Validator:
        assert self.schema is not None
        return Draft202012Validator(self.schema, format_checker=FormatChecker())

    def status(self, said: dict[str, Any]) -> list[tuple[str, bool]]:
        """Our own reading of the bits, for the entries as they stand: a number as UNTP writes it, a text as the W3C."""
        entries = said["credentialStatus"]
        found = []
        for one in entries if isinstance(entries, list) else [entries]:
            purpose, unpacked = self._list(one["statusListCredential"])
            assert purpose == one["statusPurpose"]
            found.append((purpose, bits.bit(unpacked, int(one["statusListIndex"]))))
        return found

    def _list(self, url: str) -> tuple[str, bytes]:
        """A list's purpose and bits, verified once."""
        if url not in self._read:
            listed = self.signed(self.lists[url])["credentialSubject"]
            self._read[url] = (listed["statusPurpose"], bits.unpack(listed["encodedList"]))
        return self._read[url]

    def node(self, tokens: Sequence[str]) -> list[dict[str, Any]]:
        """What npm jose, ajv and vc-bitstring-status-list say of each."""
        given = {"did": self.did, "schema": self.schema, "lists": self.lists, "credentials": list(tokens)}
        done = subprocess.run(
            ["node", str(NODE)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            cwd=settings.BASE_DIR,
        )
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))


def schema(shared: Path, name: str) -> dict[str, Any]:
    """A schema of UNTP 0.7.0, as it was published."""
    return dict(json.loads((shared / "schemas" / "untp-0.7.0" / f"{name}.json").read_text()))


def _payload(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
