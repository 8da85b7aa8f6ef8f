"""The public page that proves a row of a screening and shows nothing of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from iris.core.policy import public
from supplychain.screenings import selectors

LARGEST_PROOF = 1_000_000


@public
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """Whether the screening was run here, and whether a proof handed in is of one of its rows, unchanged."""
    screening = selectors.provable(screening_id)
    given = request.FILES.get("proof") if request.method == "POST" else None
    proof = None
    if screening is not None and given is not None:
        data = given.read(LARGEST_PROOF + 1)
        proof = selectors.check_proof(screening, data if len(data) <= LARGEST_PROOF else b"")
    context = {"screening": screening, "proof": proof, "screening_id": screening_id}
    return render(request, "screenings/proof.html", context, status=200 if screening else 404)
