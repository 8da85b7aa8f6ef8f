"""What is needed to draw a sample again, and an empty list to fill in. No file here holds a name."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from iris.core.policy import for_kinds
from iris.core.web import get_or_404

from .. import rules, selectors
from .head import DESK, READERS, SENDERS, list_for, sample_for


def _download(text: str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@for_kinds(*SENDERS)
def empty_list(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """The columns of a list, to be filled in."""
    frame = list_for(request, audit_id, frame_id)
    return _download("\ufeff" + rules.as_text(frame.kind), f"{frame.kind}.csv", "text/csv")


@for_kinds(*DESK)
def published_list(request: HttpRequest, audit_id: UUID, frame_id: UUID, number: int) -> HttpResponse:
    """The list without names, byte for byte what its hash was made from. Not for the agency: it knows who is who."""
    frame = list_for(request, audit_id, frame_id)
    version = get_or_404(frame.versions.all(), number=number)
    return _download(rules.frame_csv(version.units()), f"list-{number}.csv", "text/csv")


@for_kinds(*DESK)
def draw_list(request: HttpRequest, audit_id: UUID, sample_id: UUID) -> HttpResponse:
    """The draw by the rule, by keys. Not for the agency."""
    sample = sample_for(request, audit_id, sample_id)
    drawn = rules.draw(sample.version.units(), sample.seed, sample.rule)
    if sum(one.size for one in drawn) != sample.size:
        raise Http404
    return _download(rules.draw_csv(drawn), f"draw-{sample.version.number}.csv", "text/csv")


@for_kinds(*READERS)
def script(request: HttpRequest) -> HttpResponse:
    """The script that draws a sample again with nothing but Python."""
    return _download(selectors.script_text(), "verify_sample.py", "text/x-python")
