"""The OpenAPI document as pages: rendered by us, without scripts, from the very document that machines read."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from iris.developers.sandbox import AGENCIES


@dataclass(frozen=True)
class Row:
    """One parameter or field."""

    name: str
    where: str
    kind: str
    needed: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One operation in words."""

    id: str
    method: str
    path: str
    title: str
    text: str
    scope: str
    sandbox: bool
    deprecated: bool
    asks: list[Row] = field(default_factory=list)
    gives: list[Row] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    sends: str = ""

    @property
    def call(self) -> str:
        """The operation as a command. One of the sandbox names a record that is there."""
        lines = ["curl -s"] if self.method == "GET" else [f"curl -s -X {self.method}"]
        lines[0] += ' -H "Authorization: Api-Key $KEY"'
        if any(row.name == "Idempotency-Key" for row in self.asks):
            lines.append(f'-H "Idempotency-Key: {self.id}-$(date +%s)"')
        needed = [(row.name, row.text) for row in self.asks if row.where == "body" and row.needed]
        if self.sends == "multipart/form-data":
            lines += [
                f"-F {name}=@document.pdf" if "file" in name else f"-F {name}=..." for name, _text in needed
            ]
        elif self.sends:
            lines.append('-H "Content-Type: application/json"')
            lines.append(f"-d '{self._body()}'")
        return " \\\n     ".join([*lines, f'"{self._address()}"'])

    def _shown(self, name: str) -> Any:
        return SHOWN.get(name, "") if self.sandbox else ""

    def _body(self) -> str:
        rows = [row for row in self.asks if row.where == "body"]
        told = [row for row in rows if row.needed] or rows[:1]
        return json.dumps(
            {row.name: self._shown(row.name) or _sample(row.kind) for row in told}, ensure_ascii=False
        )

    def _address(self) -> str:
        path = self.path
        for row in self.asks:
            if row.where == "path":
                path = path.replace(f"{{{row.name}}}", self._shown(row.name) or row.name.upper())
        query = "&".join(
            f"{row.name}={_sample(row.kind)}" for row in self.asks if row.where == "query" and row.needed
        )
        return settings.IRIS_PUBLIC_URL.rstrip("/") + path + (f"?{query}" if query else "")


# Records of the sandbox, by the name of the parameter that takes them.
SHOWN: dict[str, Any] = {
    "agency_id": AGENCIES[0].id,
    "number": AGENCIES[0].number,
    "text": AGENCIES[0].name,
    "queries": {"row 1": {"name": AGENCIES[0].name}},
}
SAMPLES: dict[str, Any] = {"integer": 1, "number": 1, "boolean": True, "date": "2026-11-22", "uuid": "ID"}


def _sample(kind: str) -> Any:
    """Something of this kind, to be replaced by the reader's own."""
    first = kind.split(", ")[0].split(" or ")[0]
    if first.startswith("list of"):
        return [_sample(first.removeprefix("list of "))]
    return SAMPLES.get(first, "..." if first in {"string", "object", "value", "values"} else first)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document; the same that docs/openapi.yaml holds."""
    generator: Any = SchemaGenerator
    schema: dict[str, Any] = generator().get_schema(request=None, public=True)
    return schema


@cache
def groups() -> list[tuple[str, list[Operation]]]:
    """Operations by the first word of their address."""
    schema = document()
    found: dict[str, list[Operation]] = {}
    for path, methods in sorted(schema["paths"].items()):
        name = path.removeprefix("/api/v1/").split("/")[0] or "start"
        for method, told in methods.items():
            found.setdefault(name, []).append(_operation(schema, path, method, told))
    return sorted(found.items())


def _operation(schema: dict[str, Any], path: str, method: str, told: dict[str, Any]) -> Operation:
    text = str(told.get("description") or "").replace(f"Scope: `{told.get('x-scope', '')}`.", "").strip()
    title = str(told.get("summary") or text.split("\n")[0] or told["operationId"])
    good: dict[str, Any] = next(
        (one for code, one in sorted(told["responses"].items()) if code.startswith("2")), {}
    )
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        title=title.rstrip("."),
        text=text if text != title else "",
        scope=told.get("x-scope", ""),
        sandbox=bool(told.get("x-sandbox")),
        deprecated=bool(told.get("deprecated")),
        asks=_parameters(schema, told) + _fields(schema, _shape(told.get("requestBody", {})), "body"),
        gives=_fields(schema, _shape(good), "answer"),
        sends=next(iter(told.get("requestBody", {}).get("content", {})), ""),
        answers=[
            (code, _one_line(_resolved(schema, one).get("description", "")))
            for code, one in sorted(told["responses"].items())
        ],
    )


_VALUE = re.compile(r"(?:^|\s)\* (`[^`]*`) - ")


def _one_line(text: str) -> str:
    """One line; a list of values reads `value`: meaning; `value`: meaning."""
    line = _VALUE.sub(r"; \1: ", str(text))
    return " ".join(line.removeprefix(";").replace(" ; ", "; ").split())


def _resolved(schema: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in thing:
        found: Any = schema
        for part in thing["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        thing = found
    return thing


def _parameters(schema: dict[str, Any], told: dict[str, Any]) -> list[Row]:
    rows = [_resolved(schema, one) for one in told.get("parameters", [])]
    return [
        Row(
            one["name"],
            one["in"],
            _kind(schema, one.get("schema", {})),
            bool(one.get("required")),
            _one_line(one.get("description", "")),
        )
        for one in rows
    ]


def _shape(part: dict[str, Any]) -> dict[str, Any]:
    contents = list(part.get("content", {}).values())
    shape: dict[str, Any] = contents[0].get("schema", {}) if contents else {}
    return shape


def _fields(schema: dict[str, Any], shape: dict[str, Any], where: str) -> list[Row]:
    found = _resolved(schema, shape)
    if "allOf" in found and where == "answer":
        return [row for part in found["allOf"] for row in _fields(schema, part, where)]
    if found.get("type") == "array":
        found = _resolved(schema, found.get("items", {}))
    results = found.get("properties", {}).get("results")
    if results and where == "answer":
        return _fields(schema, results, "results")
    needed = set(found.get("required", []))
    return [
        Row(name, where, _kind(schema, one), name in needed, _one_line(one.get("description", "")))
        for name, one in found.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any], shape: dict[str, Any]) -> str:
    """A type in a few words."""
    options = shape.get("oneOf") or shape.get("anyOf") or shape.get("allOf")
    if options:
        return " or ".join(sorted({_kind(schema, one) for one in options} - {""})) or "value"
    found = _resolved(schema, shape)
    if "enum" in found:
        values = [str(one) for one in found["enum"] if one not in ("", None)]
        return ", ".join(values) if len(values) <= 8 else f"one of {len(values)} values"
    kind = found.get("type", "")
    if isinstance(kind, list):
        kind = " or ".join(kind)
    if kind == "array":
        return f"list of {_kind(schema, found.get('items', {})) or 'values'}"
    return str(found.get("format") or kind or "object")
