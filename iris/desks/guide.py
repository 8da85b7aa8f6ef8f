"""The endpoints as a list, read out of the generated OpenAPI document so that it cannot say something else."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator


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
