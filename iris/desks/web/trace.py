"""The trace of one application for those who may see it, and the redacted one for everybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from certification.applications.selectors import applications_visible_to
from certification.certificates.selectors import certificate_by_number
from iris.core import clocks
from iris.core.policy import public, signed_in
from iris.core.web import get_or_404
from iris.desks import selectors


@signed_in
@require_GET
def trace(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """From criterion to certificate on one page."""
    rows = applications_visible_to(request.user).select_related("agency")
    application = get_or_404(rows, pk=application_id)
    return render(request, "desks/trace.html", {"trace": selectors.trace(application, request.user)})


@signed_in
@require_GET
def trace_file(request: HttpRequest, application_id: UUID, kind: str) -> HttpResponse:
    """The same as JSON or CSV."""
    rows = applications_visible_to(request.user).select_related("agency")
    application = get_or_404(rows, pk=application_id)
    found = selectors.trace(application, request.user)
    response: HttpResponse
    if kind == "json":
        response = JsonResponse(
            selectors.trace_as_json(found), json_dumps_params={"indent": 1, "ensure_ascii": False}
        )
    else:
        response = HttpResponse(selectors.trace_as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="trace-{application.number}.{kind}"'
    return response


@public
@require_GET
def public_trace(request: HttpRequest, number: str) -> HttpResponse:
    """How a certificate came about: the steps and their days, nothing that was said in them."""
    certificate = certificate_by_number(number)
    if certificate is None:
        raise Http404
    if certificate.number != number:
        return redirect("desks:public_trace", certificate.number)
    context = {"trace": selectors.public_trace(certificate), "now": clocks.now()}
    return render(request, "desks/public_trace.html", context)


@public
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Live figures of the scheme."""
    return render(request, "desks/statistics.html", {"statistics": selectors.statistics()})


@public
@require_GET
def statistics_file(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV."""
    found = selectors.statistics()
    response = HttpResponse(selectors.statistics_as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statistics-{found.at:%Y-%m-%d}.csv"'
    return response
