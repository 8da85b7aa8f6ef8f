"""One sample: its statement for everyone, its draw list for firm and scheme, names for the team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds
from iris.core.web import paginate

from .. import rules, selectors, services
from ..forms import OpenForm
from ..models import Sample, SampleMember
from ..states import ItemResult, MemberState
from .head import READERS, page, sample_for

PER_PAGE = 40
MOST_OPENINGS = 30


@for_kinds(*READERS)
def sample(request: HttpRequest, audit_id: UUID, sample_id: UUID) -> HttpResponse:
    """One sample, as far as the reader may see it."""
    return _sample_page(request, sample_for(request, audit_id, sample_id))


def _sample_page(
    request: HttpRequest, one: Sample, opened: Any = None, form: Any = None, wrong: str = ""
) -> HttpResponse:
    desk = not request.user.is_kind("agency")
    frame = one.frame
    changing = not rules.missing_for_change(frame)
    shown = desk or (one.released_at is not None and not frame.of_people)
    listed = paginate(request, _members(one), PER_PAGE) if shown else None
    rows = list(listed) if listed is not None else []
    names = {member.pk: identity for member, identity in opened or []}
    references = services.item_references(rows, one, request.user)
    for row in rows:
        row.identity = names.get(row.pk)
        row.reference = references.get(row.pk, "")
    works = frame.audit.is_worked_by(request.user)
    return page(
        request,
        "audits/sampling/sample.html",
        frame.audit,
        form,
        sample=one,
        frame=frame,
        statement=selectors.statement_of(one),
        strata=list(one.strata.all()) if desk else [],
        listed=listed,
        rows=rows,
        desk=desk,
        opened=bool(names),
        open_form=form or OpenForm(),
        marks=works and changing and not frame.of_people,
        choices=ItemResult.choices,
        wrong=wrong,
        openings=list(selectors.openings_of(one)[:MOST_OPENINGS]) if desk and frame.of_people else [],
        changing=changing,
        may_release=changing
        and frame.audit.is_led_by(request.user)
        and not frame.of_people
        and one.released_at is None,
        verify=_command(one),
    )


def _members(one: Sample) -> Any:
    return one.members.select_related(
        "member", "stratum", "replacement__taken__member", "stands_for"
    ).order_by("stratum__number", "place")


def _command(one: Sample) -> str:
    """What anybody types to draw it again."""
    words = ["python3 verify_sample.py", f"list-{one.version.number}.csv", f"--nonce {one.nonce}"]
    words.append(f"--committed {one.commitment}")
    if (one.floor, one.share, one.cap) != (10, 10, 100):
        words.append(f"--floor {one.floor} --share {one.share} --cap {one.cap}")
    return " ".join(words)


@for_kinds("audit_firm")
@require_POST
def names(request: HttpRequest, audit_id: UUID, sample_id: UUID) -> HttpResponse:
    """Open the names of the places on this page of the list; each is logged."""
    one = sample_for(request, audit_id, sample_id)
    if not one.frame.audit.is_worked_by(request.user):
        raise Http404
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _sample_page(request, one, form=form)
    listed = paginate(request, _members(one), PER_PAGE)
    shown = [row.pk for row in listed if row.state != MemberState.REPLACED]
    opened = services.open_members(one.pk, request.user, form.cleaned_data["purpose"], shown)
    return _sample_page(request, one, opened=opened)


@for_kinds("audit_firm")
@require_POST
def release(request: HttpRequest, audit_id: UUID, sample_id: UUID) -> HttpResponse:
    """Show the agency which items were drawn."""
    one = sample_for(request, audit_id, sample_id)
    services.release_references(sample_id=one.pk, actor=request.user)
    messages.success(request, _("The agency sees which are drawn and hears by e-mail."))
    return redirect("sampling:sample", audit_id=one.frame.audit_id, sample_id=one.pk)


@for_kinds("audit_firm")
@require_POST
def marks(request: HttpRequest, audit_id: UUID, sample_id: UUID) -> HttpResponse:
    """Keep what was seen of the items on this page of the list."""
    one = sample_for(request, audit_id, sample_id)
    if not one.frame.audit.is_worked_by(request.user):
        raise Http404
    given = []
    for row in paginate(request, _members(one), PER_PAGE):
        result = request.POST.get(f"result-{row.pk}", "")
        if row.state == MemberState.DRAWN and result:
            given.append((row, result, request.POST.get(f"note-{row.pk}", "")[:2000]))
    wrong = _mark(request, one, given)
    if wrong:
        return _sample_page(request, one, wrong=wrong)
    back = redirect("sampling:sample", audit_id=one.frame.audit_id, sample_id=one.pk)
    if request.GET.get("page", "").isdigit():
        back["Location"] += f"?page={request.GET['page']}"
    return back


def _mark(request: HttpRequest, one: Sample, given: list[tuple[SampleMember, str, str]]) -> str:
    for row, result, note in given:
        if result != ItemResult.IN_ORDER and not note.strip():
            return _("Place %(place)s of stratum %(stratum)s: say what is wrong, or what was not shown.") % {
                "place": row.place,
                "stratum": row.stratum.number,
            }
    try:
        services.mark_items(
            sample_id=one.pk,
            actor=request.user,
            marks=[(row.pk, result, note) for row, result, note in given],
        )
    except BadInput as error:
        return str(next((text for texts in error.fields.values() for text in texts), error.message))
    except DomainError as error:
        return str(error.message)
    messages.success(request, ngettext("%d item is kept.", "%d items are kept.", len(given)) % len(given))
    return ""
