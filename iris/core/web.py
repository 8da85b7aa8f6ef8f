"""Small things pages share, and the pages for what went wrong."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from iris.core.drf.answers import is_api, plain
from iris.core.kept import hand_back
from iris.core.policy import public

M = TypeVar("M", bound=models.Model)
PER_PAGE = 50


def get_or_404(queryset: "QuerySet[M]", **lookup: Any) -> M:
    """The one row of a visible_to queryset, or 404: what a person may not see does not exist."""
    row = queryset.filter(**lookup).first()
    if row is None:
        raise Http404
    return row


def download(data: bytes, name: str, media_type: str = "text/csv; charset=utf-8") -> HttpResponse:
    """A file that is kept nowhere and only for the one who asked. `name` is ours, never what somebody typed."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def paginate(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page asked for with ?page=; the nearest one when it does not exist."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    if is_api(request):
        return plain(400)
    return render(request, "errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    if is_api(request):
        return plain(403)
    return render(request, "errors/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    if is_api(request):
        return plain(404)
    return render(request, "errors/404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """500. Without the request: what the frame asks for (person, inbox) may be the very thing that failed."""
    if is_api(request):
        return plain(500)
    return HttpResponse(render_to_string("errors/500.html"), status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key is old (signed out meanwhile, cookies off): says so and hands back what was typed."""
    return hand_back(request)


@csrf_exempt
@public
def no_endpoint(request: HttpRequest) -> HttpResponse:
    """Whatever stands under /api/ and is no endpoint."""
    return plain(
        404,
        _("No endpoint has this address. Every address ends with a slash; /api/v1/openapi.json lists them."),
    )
