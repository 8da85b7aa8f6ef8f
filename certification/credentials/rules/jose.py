"""Compact signatures (RFC 7515) with the two algorithms we use, and the strict reading of them.

PyJWT and most libraries know `alg: EdDSA` and not yet the newer name `Ed25519` (RFC 9864), so EdDSA is what we write.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey
from joserfc.jws import JWSRegistry

ALGORITHMS = ("EdDSA", "ES256")
LONGEST = 400_000  # characters of a token we read at all
DEEPEST = 40
HEADER = frozenset({"alg", "kid", "typ", "cty"})
Jwk = dict[str, Any]


class Unreadable(ValueError):
    """This is no compact signature of the kind we read."""


class _Registry(JWSRegistry):
    """The library's own, with sizes of ours and without its warning against the name EdDSA."""

    max_payload_length = LONGEST

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise Unreadable(f"{name!r} is no algorithm of ours")
        return self.algorithms[name]


_REGISTRY = _Registry(algorithms=ALGORITHMS)


@dataclass(frozen=True)
class Token:
    """A compact signature taken apart. Nothing in it has been verified yet."""

    text: str
    header: Mapping[str, Any]
    payload: Mapping[str, Any]

    @property
    def kid(self) -> str:
        """The key it names; empty where it names none."""
        kid = self.header.get("kid")
        return kid if isinstance(kid, str) else ""


def new_key(algorithm: str) -> tuple[Jwk, Jwk]:
    """A new key pair: the public half as it is published, and the private one."""
    key: Any = OKPKey.generate_key("Ed25519") if algorithm == "EdDSA" else ECKey.generate_key("P-256")
    return dict(key.as_dict(private=False)), dict(key.as_dict(private=True))


def thumbprint(public: Jwk) -> str:
    """The key's own name (RFC 7638): the same key has the same name everywhere."""
    return str(_key(public).thumbprint())


def sign(payload: Mapping[str, Any], private: Jwk, *, alg: str, kid: str, typ: str, cty: str = "") -> str:
    """The compact signature of a JSON object."""
    header = {"alg": alg, "kid": kid, "typ": typ, **({"cty": cty} if cty else {})}
    data = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()
    return jws.serialize_compact(header, data, _key(private), registry=_REGISTRY)


def read(text: str) -> Token:
    """Take a compact signature apart. Raises Unreadable for anything that another reader might read otherwise."""
    if len(text) > LONGEST:
        raise Unreadable("too long")
    parts = text.split(".")
    if len(parts) != 3:
        raise Unreadable("not three parts")
    header = _object(_bytes(parts[0]))
    payload = _object(_bytes(parts[1]))
    _bytes(parts[2])
    return Token(text, header, payload)


def verifies(token: Token, public: Jwk, *, alg: str) -> bool:
    """Whether this key made it, with the algorithm of the key and no other, and with no header we do not know."""
    if set(token.header) - HEADER or token.header.get("alg") != alg or not token.text.rpartition(".")[2]:
        return False
    try:
        jws.deserialize_compact(token.text, _key(public), registry=_REGISTRY)
    except (JoseError, ValueError, TypeError):
        return False
    return True


def _key(jwk: Jwk) -> OKPKey | ECKey:
    return OKPKey.import_key(jwk) if jwk.get("kty") == "OKP" else ECKey.import_key(jwk)


def _bytes(part: str) -> bytes:
    """The bytes of a part, which must be written in the one way there is: no padding, no spare bits."""
    try:
        data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (ValueError, binascii.Error) as error:
        raise Unreadable("not base64url") from error
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != part:
        raise Unreadable("not base64url as it is written")
    return data


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(found, dict) or depth(found) > DEEPEST:
        raise Unreadable("not a JSON object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a name twice")
    return found


def depth(thing: Any) -> int:
    """How deep lists and objects lie in one another."""
    level, inside = 0, [thing]
    while inside:
        level += 1
        inside = [
            below
            for one in inside
            if isinstance(one, dict | list)
            for below in (one.values() if isinstance(one, dict) else one)
        ]
    return level
