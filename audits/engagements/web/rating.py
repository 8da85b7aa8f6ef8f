"""The rating desk: one principle in one stage, saved as it is typed; without JavaScript a long form."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from certification.standard.models import Principle
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds

from .. import selectors, services
from ..forms import RatingForm
from ..models import Audit
from ..selectors import DeskRow
from ..services import Clash, IndicatorRating, StaleRatings
from ..states import AuditState, Rating, Stage
from .head import audit_for, page

DESK = ("audit_firm", "scheme")
Pair = tuple[DeskRow, RatingForm]


@for_kinds(*DESK)
def desk1(request: HttpRequest, audit_id: UUID, code: str) -> HttpResponse:
    """One principle in stage 1."""
    return _desk(request, audit_id, code, Stage.DESK)


@for_kinds(*DESK)
def desk2(request: HttpRequest, audit_id: UUID, code: str) -> HttpResponse:
    """One principle in stage 2."""
    return _desk(request, audit_id, code, Stage.SITE)


def _desk(request: HttpRequest, audit_id: UUID, code: str, stage: Stage) -> HttpResponse:
    audit = audit_for(request, audit_id, desk=True)
    principles = [one.principle for one in selectors.progress(audit, stage)]
    principle = next((one for one in principles if one.code == code), None)
    if principle is None:
        raise Http404
    rows = selectors.desk_rows(audit, principle, request.user)
    data = request.POST if request.method == "POST" else None
    pairs = [(row, _form(row, stage, data)) for row in rows]
    if (
        data is not None
        and all(form.is_valid() for _row, form in pairs)
        and _keep(request, audit, stage, pairs)
    ):
        return _onward(request, audit, stage, principles, principle)
    return _desk_page(request, audit, stage, principles, principle, pairs)


def _form(row: DeskRow, stage: Stage, data: Any) -> RatingForm:
    before = row.desk if stage == Stage.DESK else row.site
    # A copy, so that a clash can hand the newer version back in the hidden field.
    typed = data.copy() if data is not None else None
    return RatingForm(typed, prefix=_prefix(row), stage=stage, before=before, draft=row.drafts.get(stage))


def _prefix(row: DeskRow) -> str:
    return f"i{row.indicator.pk.hex}"


def _desk_page(
    request: HttpRequest,
    audit: Audit,
    stage: Stage,
    principles: list[Principle],
    principle: Principle,
    pairs: list[Pair],
) -> HttpResponse:
    working = AuditState.STAGE1 if stage == Stage.DESK else AuditState.STAGE2
    forms = [form for _row, form in pairs]
    place = principles.index(principle)
    name = "engagements:desk1" if stage == Stage.DESK else "engagements:desk2"

    def url(one: Principle | None, hash_: str = "") -> str:
        return reverse(name, args=[audit.pk, one.code]) + hash_ if one else ""

    return page(
        request,
        "audits/engagements/desk.html",
        audit,
        next((form for form in forms if form.is_bound and form.errors), None),
        forms=forms,
        pairs=pairs,
        principle=principle,
        principles=principles,
        stage=int(stage),
        may_work=audit.state == working and audit.is_worked_by(request.user),
        unrated=sum(1 for row, _form in pairs if row.rated_in(stage) is None),
        desk_url=name,
        next_url=url(principles[place + 1] if place + 1 < len(principles) else None),
        back_url=url(principles[place - 1] if place else None, "#last"),
        keys=" ".join(Rating.values),
    )


def _keep(request: HttpRequest, audit: Audit, stage: Stage, pairs: list[Pair]) -> bool:
    rest = "rest" in request.POST and stage == Stage.DESK
    ratings = []
    for row, form in pairs:
        rating = form.cleaned_data["rating"] or (Rating.MEETS if rest else "")
        if rating:
            ratings.append(
                IndicatorRating(
                    row.indicator.pk, rating, form.cleaned_data["note"], form.cleaned_data["base"]
                )
            )
        elif form.cleaned_data["note"].strip():
            form.add_error("rating", _("%s: choose a rating for your note.") % row.indicator.code)
    if any(form.errors for _row, form in pairs):
        return False
    try:
        changed = services.rate_indicators(
            audit_id=audit.pk, actor=request.user, stage=stage, ratings=ratings
        )
    except StaleRatings as stale:
        _show_clashes(stale, pairs)
        return False
    except BadInput as error:
        _place(error, pairs)
        return False
    if changed:
        messages.success(
            request, ngettext("%d indicator is kept.", "%d indicators are kept.", changed) % changed
        )
    elif not {"raise", "evidence", "next"} & set(request.POST):
        messages.info(request, _("Everything is kept already."))
    return True


def _show_clashes(stale: StaleRatings, pairs: list[Pair]) -> None:
    """Put the other text beside what was typed; saving again then is a choice made with both in sight."""
    forms = {row.indicator.pk: (row, form) for row, form in pairs}
    for clash in stale.clashes:
        row, form = forms[clash.typed.indicator_id]
        row.clash = clash
        form.data[form.add_prefix("base")] = str(clash.kept.version)  # type: ignore[index] # a copy of what was posted
        form.add_error("note", str(clash))


def _place(error: BadInput, pairs: list[Pair]) -> None:
    """Put each problem on the field it speaks of."""
    forms = {form.prefix: form for _row, form in pairs}
    placed = False
    for name, texts in error.fields.items():
        prefix, _dash, field = name.partition("-")
        if prefix in forms:
            placed = True
            for text in texts:
                forms[prefix].add_error(field, str(text))
    if not placed and pairs:
        pairs[0][1].add_error(None, str(error.message))


def _onward(
    request: HttpRequest, audit: Audit, stage: Stage, principles: list[Principle], principle: Principle
) -> HttpResponse:
    name = "desk1" if stage == Stage.DESK else "desk2"
    if request.POST.get("raise"):
        return redirect(reverse("findings:raise", args=[audit.pk, request.POST["raise"]]))
    if request.POST.get("evidence"):
        code = quote(request.POST["evidence"])
        return redirect(reverse("fieldwork:evidence_add", args=[audit.pk]) + f"?indicator={code}")
    place = principles.index(principle)
    if "next" in request.POST and place + 1 < len(principles):
        return redirect(f"engagements:{name}", audit_id=audit.pk, code=principles[place + 1].code)
    if "stay" in request.POST:
        return redirect(f"engagements:{name}", audit_id=audit.pk, code=principle.code)
    return redirect("engagements:stage1" if stage == Stage.DESK else "engagements:stage2", audit_id=audit.pk)


@for_kinds("audit_firm")
@require_POST
def save(request: HttpRequest, audit_id: UUID, stage: int, indicator_id: UUID) -> HttpResponse:
    """Save one indicator as it is typed. Answers in JSON what became of it, with both texts when two people wrote."""
    audit = audit_for(request, audit_id, desk=True)
    if stage not in Stage.values:
        raise Http404
    base = request.POST.get("base", "")
    one = IndicatorRating(
        indicator_id,
        request.POST.get("rating", ""),
        request.POST.get("note", ""),
        int(base) if base.isdecimal() else 0,
    )
    try:
        saved = services.autosave(audit_id=audit.pk, actor=request.user, stage=stage, one=one)
    except StaleRatings as stale:
        return _clash_answer(stale.clashes[0])
    except DomainError as error:
        return JsonResponse({"kind": "refused", "words": str(error.message)}, status=422)
    return JsonResponse({"kind": saved.kind, "version": saved.version, "words": saved.why})


def _clash_answer(clash: Clash) -> JsonResponse:
    answer = {
        "kind": "clash",
        "version": clash.kept.version,
        "rating": clash.kept.rating,
        "note": clash.kept.note,
        "words": str(clash),
        "html": render_to_string("audits/engagements/_clash.html", {"clash": clash, "choose": True}),
    }
    return JsonResponse(answer, status=409)
