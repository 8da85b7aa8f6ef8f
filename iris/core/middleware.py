"""Domain refusals and missing rows that reach a page's edge become pages that say what happened."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from iris.core.errors import BadInput, Conflict, DomainError, Frozen, NotPermitted
from iris.core.kept import hand_back

STATUS: dict[type[DomainError], int] = {BadInput: 422, NotPermitted: 403, Conflict: 409, Frozen: 503}


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal: 422 bad input, 403 not permitted, 409 conflict or not ready."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 409)


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends people to sign in. A form sent after the session ended is handed back instead of being lost."""

    def handle_no_permission(  # type: ignore[override] # a page instead of a redirect is what this class is for
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Called for a person who is not signed in, at a view that is not public."""
        if request.method == "POST" and request.POST:
            return hand_back(request)
        return super().handle_no_permission(request, view_func)


class DomainErrorMiddleware:
    """Maps DomainError and DoesNotExist of a view to a response. The services' transactions rolled back before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """No row has a NUL in its text, so there is nothing at such an address."""
        if any("\x00" in value for value in kwargs.values() if isinstance(value, str)):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None leaves the exception to Django."""
        if isinstance(exception, DomainError):
            back = request.headers.get("Referer", "")
            same_site = back.startswith(f"{request.scheme}://{request.get_host()}/")
            context = {"error": exception, "back": back if same_site else "/"}
            return render(request, "errors/refused.html", context, status=status_of(exception))
        if isinstance(exception, ObjectDoesNotExist) and not isinstance(exception, Http404):
            return render(request, "errors/404.html", status=404)
        return None
