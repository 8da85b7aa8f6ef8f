"""One criterion per page, its indicators as cards; and the list of questions by what they lack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from certification.assessments import selectors, services
from certification.assessments.forms import AnswerForm
from certification.assessments.forms.answers import prefix_of
from certification.assessments.models import Answer, Assessment, Evidence
from certification.assessments.rules import is_done
from certification.assessments.selectors import Check
from certification.assessments.services import AnswerConflict, SaveResult
from certification.assessments.states import EvidenceKind
from certification.assessments.web.finding import (
    assessment_or_404,
    head,
    library_of,
    own_or_404,
    people_of,
    person_of,
)
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.policy import for_kinds

FILTERS = {
    "open": _lazy("To answer"),
    "bare": _lazy("Without evidence"),
    "expiring": _lazy("Documents that end soon"),
    "flagged": _lazy("Asked again by the scheme"),
    "carried": _lazy("From last time, to look at"),
    "mine": _lazy("Given to me"),
    "all": _lazy("All questions"),
}


@dataclass
class Card:
    """One indicator on the page: its answer, its form, and what a colleague wrote meanwhile."""

    answer: Answer
    form: AnswerForm
    chosen: list[Evidence]
    others: list[Evidence]
    kinds: list[str]
    references: list[str]
    checks: list[Check] = field(default_factory=list)
    replaced: set[UUID] = field(default_factory=set)
    today: dt.date | None = None
    conflict: AnswerConflict | None = None
    saved: bool = False


@dataclass
class Page:
    """Everything of one criterion's page; on a post the data with uploads already put in."""

    assessment: Assessment
    answers: list[Answer]
    library: list[Evidence]
    people: list[User]
    data: QueryDict | None = None
    upload_errors: dict[UUID, DomainError] = field(default_factory=dict)

    def form(self, answer: Answer, bound: bool) -> AnswerForm:
        """The form of one indicator."""
        return AnswerForm(
            self.data if bound else None, answer=answer, library=self.library, people=self.people
        )


@for_kinds("agency")
def criterion(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """Answer the indicators of one criterion."""
    assessment = own_or_404(request, assessment_id)
    if not assessment.is_open:
        return redirect(reverse("assessments:read", args=[assessment.pk]) + f"#{code}")
    whole = everything = list(selectors.answers_with_evidence(assessment))
    there = [answer for answer in everything if answer.indicator.criterion.code == code]
    if not there:
        raise Http404
    if assessment.is_reopened:
        everything = [answer for answer in everything if answer.flagged]
    here = [answer for answer in there if answer in everything]
    if not here:
        return redirect(reverse("assessments:read", args=[assessment.pk]) + f"#{code}")
    page = Page(assessment, here, library_of(assessment.agency), people_of(assessment.agency))
    if request.method == "POST":
        page.data = request.POST.copy()
        cards, done = _save(request, page)
        if done:
            return redirect(_next(request, assessment, everything, code))
    else:
        cards = [_card(page, answer, page.form(answer, bound=False)) for answer in here]
        found = selectors.checks(assessment, whole)
        for card in cards:
            card.checks = [check for check in found if card.answer.indicator.code in check.warning.codes]
    context = {
        **head(request, assessment),
        "criterion": here[0].indicator.criterion,
        "cards": cards,
        "standing": [answer for answer in there if answer not in here],
        "forms": [card.form for card in cards],
        "path": _path(assessment, everything, code),
        "orders_note": here[0].principle_code == "1",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/criterion.html", context, status=status)


def _save(request: HttpRequest, page: Page) -> tuple[list[Card], bool]:
    """Keep the uploads first, then every answer that can be kept. Returns the cards and whether all is well."""
    for answer in page.answers:
        _keep_upload(request, page, answer)
    forms = {answer.indicator_id: page.form(answer, bound=True) for answer in page.answers}
    good = [form for form in forms.values() if form.is_valid()]
    entries = [form.entry() for form in good if form.changed() or form.confirmed()]
    result = services.save_answers(
        assessment_id=page.assessment.pk, actor=person_of(request), entries=entries
    )
    for indicator_id, error in (*result.refused.items(), *page.upload_errors.items()):
        form = forms[indicator_id]
        form.is_valid()
        form.add_domain_error(_on_form(error))
    if result.complete and not page.upload_errors and len(good) == len(forms):
        if result.saved:
            said = ngettext("%(n)s answer saved.", "%(n)s answers saved.", len(result.saved))
            messages.success(request, said % {"n": len(result.saved)})
        return [], True
    return [_card_after(page, answer, forms[answer.indicator_id], result) for answer in page.answers], False


def _on_form(error: DomainError) -> DomainError:
    """An upload's refusal, moved from `file` to the field of this form."""
    if "file" in error.fields:
        error.fields["upload"] = error.fields.pop("file")
    return error


def _keep_upload(request: HttpRequest, page: Page, answer: Answer) -> None:
    """Store a chosen file at once, so that a mistake elsewhere does not lose it, and tick it."""
    prefix = prefix_of(answer)
    upload = request.FILES.get(f"{prefix}-upload")
    if upload is None or page.data is None:
        return
    probe = AnswerForm(page.data, request.FILES, answer=answer, library=page.library, people=page.people)
    probe.is_valid()
    data = probe.cleaned_data
    try:
        document = services.add_evidence(
            agency_id=page.assessment.agency_id,
            actor=person_of(request),
            upload=upload,
            title=data.get("upload_title") or "",
            kind=data.get("upload_kind") or EvidenceKind.OTHER,
            valid_until=data.get("upload_valid_until"),
        )
    except DomainError as error:
        page.upload_errors[answer.indicator_id] = error
        return
    page.data.appendlist(f"{prefix}-evidence", str(document.pk))
    for name in ("upload_title", "upload_valid_until"):
        page.data[f"{prefix}-{name}"] = ""
    if document.pk not in {known.pk for known in page.library}:
        page.library.append(document)


def _card_after(page: Page, answer: Answer, form: AnswerForm, result: SaveResult) -> Card:
    """A card after a post that left something to do: saved ones are fresh, the others keep what was typed."""
    for kept in result.saved:
        if kept.pk == answer.pk and answer.indicator_id not in page.upload_errors:
            fresh = selectors.answers_with_evidence(page.assessment).get(pk=answer.pk)
            return _card(page, fresh, page.form(fresh, bound=False), saved=True)
    for conflict in result.conflicts:
        if conflict.theirs.pk == answer.pk and page.data is not None:
            page.data[f"{form.prefix}-version"] = str(conflict.theirs.version)
            page.data[f"{form.prefix}-base"] = "conflict"
            return _card(page, answer, page.form(answer, bound=True), conflict=conflict)
    if page.data is not None and any(kept.pk == answer.pk for kept in result.saved):
        page.data[f"{form.prefix}-version"] = str(answer.version + 1)
    return _card(page, answer, form)


def _card(
    page: Page, answer: Answer, form: AnswerForm, conflict: AnswerConflict | None = None, saved: bool = False
) -> Card:
    ticked = {str(value) for value in (form["evidence"].value() or [])}
    edition = page.assessment.edition
    replaced = {document.replaces_id for document in page.library}
    return Card(
        answer=answer,
        form=form,
        chosen=[document for document in page.library if str(document.pk) in ticked],
        others=[
            document
            for document in page.library
            if str(document.pk) not in ticked and document.pk not in replaced
        ],
        replaced={pk for pk in replaced if pk},
        today=clocks.today(),
        kinds=[edition.evidence_label(kind) for kind in answer.indicator.evidence],
        references=[
            f"{edition.source_label(ref['source'])}, {ref['number']}" for ref in answer.indicator.references
        ],
        conflict=conflict,
        saved=saved,
    )


def _criteria(everything: list[Answer]) -> list[str]:
    return list(dict.fromkeys(answer.indicator.criterion.code for answer in everything))


def _next(request: HttpRequest, assessment: Assessment, everything: list[Answer], code: str) -> str:
    """Where the pressed button leads: the next criterion, this one again, or the task list."""
    to = request.POST.get("then", "next")
    codes = _criteria(everything)
    if to == "stay":
        return reverse("assessments:criterion", args=[assessment.pk, code])
    after = codes[codes.index(code) + 1 :]
    if to == "next" and after:
        return reverse("assessments:criterion", args=[assessment.pk, after[0]])
    return reverse("assessments:assessment", args=[assessment.pk])


def _path(assessment: Assessment, everything: list[Answer], code: str) -> dict[str, Any]:
    """Where this page stands: its neighbours, and the criteria of its principle with how far each is."""
    codes = _criteria(everything)
    place = codes.index(code)
    principle = next(a.principle_code for a in everything if a.indicator.criterion.code == code)
    rows: dict[str, dict[str, Any]] = {}
    for answer in everything:
        if answer.principle_code != principle:
            continue
        found = answer.indicator.criterion
        row = rows.setdefault(
            found.code,
            {"code": found.code, "title": found.title, "total": 0, "done": 0, "current": found.code == code},
        )
        row["total"] += 1
        row["done"] += int(is_done(answer))
        row["url"] = reverse("assessments:criterion", args=[assessment.pk, found.code])
    return {
        "number": place + 1,
        "total": len(codes),
        "before": codes[place - 1] if place else "",
        "after": codes[place + 1] if place + 1 < len(codes) else "",
        "rows": list(rows.values()),
    }


@for_kinds("agency")
def question(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """The way to one question by its code: to its place on the page of its criterion."""
    assessment = own_or_404(request, assessment_id)
    answer = assessment.answers_in_order().filter(indicator__code=code).first()
    if answer is None:
        raise Http404
    place = answer.indicator.criterion.code
    return redirect(reverse("assessments:criterion", args=[assessment.pk, place]) + f"#{code}")


@for_kinds("agency", "scheme", "audit_firm")
def questions(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Questions by what they lack, one line each."""
    assessment = assessment_or_404(request, assessment_id)
    show = request.GET.get("show", "open")
    if show not in FILTERS:
        show = "open"
    principle = request.GET.get("principle", "")
    rows = [
        answer
        for answer in selectors.answers_with_evidence(assessment)
        if (not principle or answer.principle_code == principle) and _shown(answer, show, person_of(request))
    ]
    context = {
        **head(request, assessment),
        "rows": rows,
        "show": show,
        "principle": principle,
        "filters": [
            {"key": key, "label": label, "current": key == show}
            for key, label in FILTERS.items()
            if key != "flagged" or assessment.reopen_reason
        ],
    }
    return render(request, "assessments/questions.html", context)


def _shown(answer: Answer, show: str, person: User) -> bool:
    if show == "open":
        return not answer.answered
    if show == "flagged":
        return answer.flagged
    if show == "bare":
        return answer.value in ("yes", "partly") and not answer.evidence.all()
    if show == "expiring":
        return bool(selectors.expiring_in([answer]))
    if show == "carried":
        return answer.carried
    if show == "mine":
        return answer.owner_id == person.pk
    return True
