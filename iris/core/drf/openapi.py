"""What every endpoint shares, written into the OpenAPI document: refusals, heads, retries. Views say none of it."""

from typing import Any

from iris.core import problems
from iris.core.drf import sandbox

READS = (400, 401, 403, 404, 406, 429, 503)
WRITES = (400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 503)
_PROBLEM = {
    "type": "object",
    "description": "A refusal (RFC 9457). `type` is the address of a page that explains `code`.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string", "description": "A sentence for people."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable: for programs."},
        "errors": {"type": "object", "additionalProperties": True, "description": "Sentences by field."},
        "missing": {"type": "array", "items": {"type": "string"}, "description": "What is left to do."},
    },
}
_AS_OF = {
    "type": "object",
    "description": "As of when an answer about the register speaks.",
    "required": ["as_of"],
    "properties": {
        "as_of": {
            "type": "string",
            "format": "date-time",
            "description": "The moment at which the register was read. Show it with what you show.",
        }
    },
}
_HEADERS: dict[str, tuple[str, str]] = {
    "Iris-As-Of": ("string", "The moment of which the answer speaks (RFC 3339, UTC); a 304 has it too."),
    "ETag": (
        "string",
        "Send it back in `If-None-Match`: an answer that did not change is a 304 without body.",
    ),
    "RateLimit-Limit": ("integer", "Calls you may make in a window."),
    "RateLimit-Remaining": ("integer", "Calls left in this window."),
    "RateLimit-Reset": ("integer", "Seconds until the next window."),
}
_PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "description": "Repeat the very same request with the same key within 24 hours: one effect, the same bytes.",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": "The ETag of the answer you have.",
    },
}


def shared_parts(result: dict[str, Any], generator: Any, **_more: Any) -> dict[str, Any]:
    """drf-spectacular's hook after the document is made."""
    parts = result.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = _PROBLEM
    parts["schemas"]["AsOf"] = _AS_OF
    parts["headers"] = {
        name: {"schema": {"type": kind}, "description": text} for name, (kind, text) in _HEADERS.items()
    }
    parts["parameters"] = dict(_PARAMETERS)
    parts["responses"] = {f"Refused{status}": _refused(status) for status in sorted({*READS, *WRITES})}
    parts["responses"]["NotModified"] = {"description": "What you have is what there is."}
    offered = set(sandbox.offered())
    by_name, dated = {}, set()
    for path, _regex, method, callback in generator.endpoints:
        by_name[path, method.lower()] = (_name_of(callback), method.upper())
        if method == "GET" and getattr(callback.cls, "dated", False):
            dated.add(path)
    for path, methods in result.get("paths", {}).items():
        for method, operation in methods.items():
            _complete(method, operation)
            if method == "get" and path in dated:
                _say_as_of(operation)
            _summarise(operation)
            if by_name.get((path, method)) in offered:
                operation["x-sandbox"] = True
    return result


def _say_as_of(operation: dict[str, Any]) -> None:
    told = operation["responses"]["200"]["content"]["application/json"]
    told["schema"] = {"allOf": [{"$ref": "#/components/schemas/AsOf"}, told["schema"]]}


def _name_of(callback: Any) -> str:
    """The name of an address, which its view was mounted with (iris.core.drf.edge)."""
    return str(getattr(callback, "url_name", ""))


def _refused(status: int) -> dict[str, Any]:
    known = [one for one in problems.every() if one.status == status and one.code in EDGE]
    words = "; ".join(f"`{one.code}`: {one.title}" for one in known) or "The request was refused."
    return {"description": words, "content": _content()}


EDGE = frozenset(
    (
        *("parse_error", "invalid", "bad_request", "not_found", "method_not_allowed", "not_acceptable"),
        *("too_large", "unsupported_media_type", "not_authenticated", "authentication_failed"),
        *("permission_denied", "not_in_sandbox", "throttled", "idempotency_key_invalid"),
        *("idempotency_key_reused", "idempotency_in_flight", "bad_input", "reason_required"),
        *("not_permitted", "transition_refused", "conflict", "frozen", "status_unknown"),
    )
)


def _summarise(operation: dict[str, Any]) -> None:
    """The first sentence of what is told becomes the summary, where there is none: tools show it in their lists."""
    if "summary" in operation:
        return
    first, _gap, rest = str(operation.get("description", "")).strip().partition("\n\n")
    sentence, _dot, more = " ".join(first.split()).partition(". ")
    if sentence:
        operation["summary"] = sentence.rstrip(".")
        operation["description"] = "\n\n".join(filter(None, (more, rest)))


def _content() -> dict[str, Any]:
    return {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _complete(method: str, operation: dict[str, Any]) -> None:
    reads = method in ("get", "head")
    for one in operation.get("parameters", []):
        shape = one.get("schema", {})
        if "enum" in shape and shape.get("default", shape["enum"][0]) not in shape["enum"]:
            del shape["default"]  # left out is what an empty filter means; some tools refuse the pair
    name = "IfNoneMatch" if reads else "IdempotencyKey"
    operation.setdefault("parameters", []).append({"$ref": f"#/components/parameters/{name}"})
    answers = operation["responses"]
    for code, answer in answers.items():
        if code.startswith("2"):
            answer.setdefault("headers", {}).update(
                {one: {"$ref": f"#/components/headers/{one}"} for one in _HEADERS if reads or one != "ETag"}
            )
        elif code[:1] in "45" and "content" not in answer and "$ref" not in answer:
            answer["content"] = _content()
    if reads:
        answers["304"] = {"$ref": "#/components/responses/NotModified"}
    for status in READS if reads else WRITES:
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Refused{status}"})
    operation["responses"] = dict(sorted(answers.items()))
    # Said, so that nobody takes a public call for one that was forgotten.
    operation.setdefault("security", [])
