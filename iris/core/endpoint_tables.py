"""The endpoints as a page of tables, made from the OpenAPI document so that it cannot say something else."""

from typing import Any

HEAD = """# Every endpoint

Made from the code by `manage.py openapi`, like [openapi.yaml](../openapi.yaml); `./dev check` keeps it true. How to
call them stands in [the guide](api.md), what no key may do in [ADR 44](../adr/0044-what-machines-may-not-do.md).
A list is ordered by one of the columns named, with a minus the other way round; where none is named its order is fixed.
"""


def endpoint_page(document: dict[str, Any]) -> str:
    """One table for each tag: method and path, the scope a key needs, what it answers."""
    tables: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = next(iter(operation.get("tags", ())), "other")
            tables.setdefault(tag, []).append(_row(method, path, operation))
    parts = [HEAD]
    for tag, rows in sorted(tables.items()):
        lines = [f"## {tag}", "", "| Call | Scope | What it does |", "| --- | --- | --- |", *rows]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _row(method: str, path: str, operation: dict[str, Any]) -> str:
    told = operation.get("summary") or operation.get("description", "")
    first = str(told).strip().split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    scope = operation.get("x-scope", "")
    known = f"`{scope}`" if scope else "any key" if operation.get("security") else "none"
    filters = [_filter(one) for one in operation.get("parameters", []) if one.get("in") == "query"]
    asks = f"; {', '.join(filters)}" if filters else ""
    return f"| `{method.upper()} {path}` | {known} | {first.rstrip('.')}{asks} |"


def _filter(one: dict[str, Any]) -> str:
    """The name of a filter; of an order also the columns it can be."""
    if one["name"] != "ordering":
        return f"`{one['name']}`"
    columns = [name for name in one["schema"]["enum"] if not name.startswith("-")]
    return f"`ordering` (`{'`, `'.join(columns)}`)"
