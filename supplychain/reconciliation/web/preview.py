"""A small page about one agency, for the frame in which a client shows it."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from iris.core import clocks
from iris.core.policy import public
from supplychain.lookups.selectors import facts_for
from supplychain.reconciliation.selectors.extending import agency_id


@public
@require_GET
@never_cache
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.IRIS_RECONCILE_FRAMES})
def preview(request: HttpRequest) -> HttpResponse:
    """What the public register says of the agency now. No frame of the product, nothing to press but one link."""
    wanted = agency_id(request.GET.get("id", ""))
    facts = facts_for([wanted]).get(wanted) if wanted else None
    if facts is None:
        raise Http404
    return render(request, "reconciliation/preview.html", {"facts": facts, "now": clocks.now()})
