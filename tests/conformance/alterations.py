"""Alterations of a credential, as somebody would make them who wants another answer. None may pass."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from certification.credentials.rules import jose

Json = dict[str, Any]


@dataclass(frozen=True)
class Altered:
    """A token and what was done to it."""

    what: str
    token: str


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _packed(thing: Json) -> str:
    return _b64(json.dumps(thing, separators=(",", ":"), ensure_ascii=False).encode())


class Forger:
    """Has everything that is published, keys of its own, and never a private key of the scheme."""

    def __init__(self, did: Json, others: list[str], seed: int) -> None:
        self.did, self.others, self.chance = did, others, random.Random(seed)
        self.mine = {alg: jose.new_key(alg) for alg in jose.ALGORITHMS}

    def alter(self, token: str, count: int) -> Iterator[Altered]:
        """So many alterations, every kind in turn."""
        kinds: list[Callable[[str], Altered]] = [
            self._value,
            self._roles,
            self._dates,
            self._status,
            self._issuer,
            self._header,
            self._resigned,
            self._hmac,
            self._none,
            self._byte,
            self._mixed,
            self._dropped,
        ]
        for turn in range(count):
            yield kinds[turn % len(kinds)](token)

    def _changed(self, token: str, what: str, change: Callable[[Json], None]) -> Altered:
        header, payload, signature = token.split(".")
        said = copy.deepcopy(dict(jose.read(token).payload))
        change(said)
        assert _packed(said) != payload, what
        return Altered(what, f"{header}.{_packed(said)}.{signature}")

    def _value(self, token: str) -> Altered:
        """Any one value anywhere."""

        def change(said: Json) -> None:
            places = list(_leaves(said))
            holder, key = places[self.chance.randrange(len(places))]
            was = holder[key]
            holder[key] = (
                (not was) if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was}x"
            )

        return self._changed(token, "a value", change)

    def _roles(self, token: str) -> Altered:
        """Agency, auditor and scheme in one another's place."""

        def change(said: Json) -> None:
            subject = said["credentialSubject"]
            pair = self.chance.choice(("auditor", "issuer", "assessed"))
            if pair == "auditor":
                subject["issuedToParty"], subject["auditor"] = subject["auditor"], subject["issuedToParty"]
            elif pair == "issuer":
                said["issuer"]["name"], subject["issuedToParty"]["name"] = (
                    subject["issuedToParty"]["name"],
                    said["issuer"]["name"],
                )
            else:
                (assessment,) = subject["conformityAssessment"]
                assessment["assessedOrganisation"], subject["auditor"] = (
                    subject["auditor"],
                    assessment["assessedOrganisation"],
                )

        return self._changed(token, "roles swapped", change)

    def _dates(self, token: str) -> Altered:
        def change(said: Json) -> None:
            name = self.chance.choice(("validFrom", "validUntil"))
            said[name] = f"{self.chance.randrange(2030, 2099)}{said[name][4:]}"

        return self._changed(token, "dates", change)

    def _status(self, token: str) -> Altered:
        def change(said: Json) -> None:
            if self.chance.random() < 0.3:
                del said["credentialStatus"]
                return
            entry = said["credentialStatus"]
            entry["statusListIndex"] = (
                entry["statusListIndex"] + self.chance.randrange(1, 131_000)
            ) % 131_072

        return self._changed(token, "status", change)

    def _issuer(self, token: str) -> Altered:
        def change(said: Json) -> None:
            said["issuer"]["id"] = f"did:web:elsewhere{self.chance.randrange(10**6)}.example"

        return self._changed(token, "issuer", change)

    def _header(self, token: str) -> Altered:
        """Another key's id, another kind of token, or a header that brings its own key."""
        head, payload, signature = token.split(".")
        header = dict(jose.read(token).header)
        ids = [one["id"] for one in self.did["verificationMethod"] if one["id"] != header["kid"]]
        change = self.chance.choice(("kid", "typ", "alg", "jwk", "jku", "crit"))
        header |= {
            "kid": {
                "kid": self.chance.choice([*ids, f"{self.did['id']}#none", "did:web:elsewhere.example#k"])
            },
            "typ": {"typ": self.chance.choice(["JWT", "jwt", "vp+jwt", "at+jwt", ""])},
            "alg": {"alg": self.chance.choice(["ES256", "HS256", "none", "RS256", "Ed448"])},
            "jwk": {"jwk": self.mine["EdDSA"][0]},
            "jku": {"jku": "https://elsewhere.example/keys"},
            "crit": {"crit": ["x"], "x": 1},
        }[change]
        if _packed(header) == head:
            header["kid"] += "x"
        return Altered(f"header {change}", f"{_packed(header)}.{payload}.{signature}")

    def _resigned(self, token: str) -> Altered:
        """Other words under a key of the forger's, told to be the scheme's, retired ones too."""
        said = copy.deepcopy(dict(jose.read(token).payload))
        said["credentialSubject"]["issuedToParty"]["name"] = "Somebody Else Ltd."
        alg = self.chance.choice(jose.ALGORITHMS)
        kid = self.chance.choice([one["id"] for one in self.did["verificationMethod"]])
        made = jose.sign(said, self.mine[alg][1], alg=alg, kid=kid, typ="vc+jwt", cty="vc")
        return Altered("signed by another key", made)

    def _hmac(self, token: str) -> Altered:
        """The published key taken for a shared secret."""
        header = {**jose.read(token).header, "alg": "HS256"}
        jwk = next(one for one in self.did["verificationMethod"] if one["id"] == header["kid"])[
            "publicKeyJwk"
        ]
        secret = self.chance.choice(
            [
                base64.urlsafe_b64decode(jwk["x"] + "=" * (-len(jwk["x"]) % 4)),
                jwk["x"].encode(),
                json.dumps(jwk, separators=(",", ":")).encode(),
            ]
        )
        said = copy.deepcopy(dict(jose.read(token).payload))
        said["name"] = f"forged {self.chance.random()}"
        signed = f"{_packed(header)}.{_packed(said)}"
        return Altered(
            "HS256", f"{signed}.{_b64(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"
        )

    def _none(self, token: str) -> Altered:
        header = {**jose.read(token).header, "alg": self.chance.choice(["none", "None", "NONE", ""])}
        _head, payload, signature = token.split(".")
        return Altered("alg none", f"{_packed(header)}.{payload}.{self.chance.choice(['', signature])}")

    def _byte(self, token: str) -> Altered:
        """One bit of header, payload or signature."""
        parts = token.split(".")
        place = self.chance.randrange(3)
        data = bytearray(base64.urlsafe_b64decode(parts[place] + "=" * (-len(parts[place]) % 4)))
        data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
        parts[place] = _b64(bytes(data))
        return Altered("one bit", ".".join(parts))

    def _mixed(self, token: str) -> Altered:
        """The words of one credential with the signature of another."""
        others = [one for one in self.others if one != token]
        head, payload, _signature = token.split(".")
        return Altered("signature of another", f"{head}.{payload}.{self.chance.choice(others).split('.')[2]}")

    def _dropped(self, token: str) -> Altered:
        def change(said: Json) -> None:
            del said[
                self.chance.choice(["validUntil", "issuer", "credentialSubject", "@context", "type", "id"])
            ]

        return self._changed(token, "a part dropped", change)


def _leaves(thing: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in list(thing.items() if isinstance(thing, dict) else enumerate(thing)):
        if isinstance(value, dict | list):
            yield from _leaves(value)
        else:
            yield thing, key
