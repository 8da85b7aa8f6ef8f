"""Refusals as RFC 9457 problem+json, from whatever was raised."""

import json
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from iris.core import problems
from iris.core.errors import DomainError, Text
from iris.core.middleware import status_of
from iris.core.problems import PROBLEM

MOST_ERRORS = 100
NOTICED = {400: "bad_request", 403: "permission_denied", 404: "not_found", 500: "error"}


class Refusal(exceptions.APIException):
    """A refusal of the API's edge with a code of its own."""

    def __init__(self, status: int, code: str, sentence: Text, wait: int | None = None) -> None:
        super().__init__(str(sentence), code)
        self.status_code = status
        self.default_code = code
        self.wait = wait


def _answer(status: int, code: str, title: Text, **more: Any) -> Response:
    return Response(problems.body(status, code, title, **more), status=status, content_type=PROBLEM)


def trimmed(errors: Any) -> Any:
    """Errors of a huge list are told for its first hundred rows in error: nobody reads a million."""
    if isinstance(errors, dict):
        return {str(name)[:200]: trimmed(told) for name, told in list(errors.items())[:MOST_ERRORS]}
    if isinstance(errors, list):
        rows = [(number, one) for number, one in enumerate(errors) if one]
        if any(isinstance(one, dict) for _number, one in rows):
            return {str(number): trimmed(one) for number, one in rows[:MOST_ERRORS]}
        return [str(one) for _number, one in rows[:MOST_ERRORS]]
    return [str(errors)]


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Services undo themselves what they refused."""
    if isinstance(error, DomainError):
        fields = {name: [str(text) for text in texts] for name, texts in error.fields.items()}
        missing = [str(text) for text in error.missing]
        told: tuple[tuple[str, Any], ...] = (("errors", fields), ("missing", missing))
        more = {key: value for key, value in told if value}
        return _answer(status_of(error), error.code, str(error.message), **more)
    if isinstance(error, Http404 | ObjectDoesNotExist):
        error = exceptions.NotFound(_("There is nothing here, or nothing that you may see."))
    if isinstance(error, RequestDataTooBig):
        error = Refusal(413, "too_large", _("The body is larger than this endpoint takes."))
    if isinstance(error, SuspiciousOperation):
        error = Refusal(400, "bad_request", _("The request could not be read."))
    return _told(error) if isinstance(error, exceptions.APIException) else None


def _told(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.ValidationError):
        detail = error.detail
        errors = trimmed(detail)
        if not isinstance(errors, dict):
            errors = {"non_field_errors": errors}
        return _answer(error.status_code, "invalid", _("The request is not valid."), errors=errors)
    response = _answer(error.status_code, str(error.default_code), str(error.detail))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response["WWW-Authenticate"] = getattr(error, "auth_header", "Api-Key")
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(max(1, int(wait)))
    return response


def is_api(request: HttpRequest) -> bool:
    """Whether whoever asks is a machine that expects problem+json."""
    return request.path.startswith("/api/")


def plain(status: int, sentence: Text = "", code: str = "") -> HttpResponse:
    """A problem outside any view: nothing of what happened inside is told."""
    code = code or NOTICED[status]
    known = problems.facts_of(code)
    title = sentence or (known.title if known else code)
    text = json.dumps(problems.body(status, code, title), ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, status=status, content_type=PROBLEM)
    response["Cache-Control"] = "no-store"
    return response
