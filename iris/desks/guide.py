"""The API's page, read out of the generated OpenAPI document so that it cannot say something else."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator


@dataclass(frozen=True)
class Endpoint:
    """One operation in words."""

    method: str
    path: str
    summary: str
    parameters: list[tuple[str, str, str]]
    body: list[tuple[str, str, str]]
    answers: list[tuple[str, str]]


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document; the same that docs/openapi.yaml holds."""
    generator: Any = SchemaGenerator
    schema: dict[str, Any] = generator().get_schema(request=None, public=True)
    return schema


def endpoints() -> list[dict[str, str]]:
    """Every operation with the scope it needs, by path."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "operation_id": operation["operationId"],
            "summary": operation.get("summary") or operation.get("description", ""),
            "scope": operation.get("x-scope", ""),
        }
        for path, methods in sorted(document()["paths"].items())
        for method, operation in sorted(methods.items())
    ]


def guide() -> dict[str, Any]:
    """Context of the page."""
    schema = document()
    endpoints = [
        _endpoint(schema, method, path, operation)
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    ]
    return {"endpoints": endpoints, "title": schema["info"]["title"], "version": schema["info"]["version"]}


def _endpoint(schema: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Endpoint:
    parameters = [
        (one["name"], one["in"], str(one.get("description", "")))
        for one in operation.get("parameters", [])
        if "name" in one
    ]
    answers = [
        (code, str(one.get("description", ""))) for code, one in sorted(operation["responses"].items())
    ]
    summary = str(operation.get("description") or operation.get("summary") or operation["operationId"])
    return Endpoint(method.upper(), path, summary, parameters, _body(schema, operation), answers)


def _body(schema: dict[str, Any], operation: dict[str, Any]) -> list[tuple[str, str, str]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if not content:
        return []
    name = content["schema"].get("$ref", "").rsplit("/", 1)[-1]
    shape = schema["components"]["schemas"].get(name, {})
    required = set(shape.get("required", []))
    return [
        (field, "required" if field in required else "optional", str(facts.get("description", "")))
        for field, facts in shape.get("properties", {}).items()
    ]
