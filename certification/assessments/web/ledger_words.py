"""Watched words: the public page for workers, the scheme's dictionary with a box to try a label."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification.assessments import permissions, selectors, services
from certification.assessments.forms import ReasonForm, TermChangeForm, TermForm
from certification.assessments.models import LabelTerm, in_force
from certification.assessments.states import DisguiseKind
from certification.assessments.web.finding import person_of
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles, public
from iris.core.web import paginate

LONGEST_LABEL = 200


@public
@require_GET
def beware(request: HttpRequest, lang: str = "") -> HttpResponse:
    """Words under which workers are made to pay, in one language."""
    words = selectors.dictionary_at().words
    languages = selectors.languages_of(words)
    codes = [row.code for row in languages]
    if lang and lang not in codes:
        raise Http404
    reader = (get_language() or "en").split("-")[0]
    chosen = lang or (reader if reader in codes else "en")
    context = {
        "languages": languages,
        "language": selectors.language(chosen),
        "groups": selectors.word_groups(words, chosen),
        "unreviewed": any(word.lang == chosen and not word.reviewed for word in words),
    }
    return render(request, "assessments/beware.html", context)


@for_kinds("scheme")
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The scheme's dictionary: try a label, look through the words of a language, change them."""
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in ("lang", "kind", "label")}
    lang, kind, label = asked["lang"], asked["kind"], asked["label"][:LONGEST_LABEL]
    dictionary = selectors.dictionary_at()
    rows = in_force(LabelTerm).select_related("added_by").order_by("lang", "kind", "term")
    rows = rows.filter(lang=lang) if lang else rows
    rows = rows.filter(kind=kind) if kind in DisguiseKind.values else rows
    past = (
        LabelTerm.objects.filter(retired_at__isnull=False)
        .select_related("retired_by")
        .order_by("-retired_at")
    )
    context = {
        "label": label,
        "found": dictionary.find(label) if label.strip() else [],
        "tried": bool(label.strip()),
        "languages": selectors.languages_of(dictionary.words),
        "kinds": DisguiseKind.choices,
        "lang": lang,
        "kind": kind,
        "page": paginate(request, rows),
        "past": past[:20],
        "shipped_only": not LabelTerm.objects.exists(),
        "may_change": permissions.may_keep_tables(person_of(request)),
    }
    return render(request, "assessments/words.html", context)


@for_roles("scheme_manager")
def add(request: HttpRequest) -> HttpResponse:
    """Watch one word more."""
    form = TermForm(request.POST or None, initial={"lang": request.GET.get("lang", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_term(actor=person_of(request), entry=form.entry())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("“%(term)s” is watched from now on.") % {"term": made.term})
            return redirect(reverse("assessments:words") + f"?lang={made.lang}")
    context = {"form": form, "title": _("Watch a word"), "term": None, "back": reverse("assessments:words")}
    return render(request, "assessments/word.html", context, status=422 if form.is_bound else 200)


@for_roles("scheme_manager")
def change(request: HttpRequest, term_id: UUID) -> HttpResponse:
    """Reword a watched word, with a reason."""
    term = get_object_or_404(LabelTerm, pk=term_id, retired_at=None)
    back = reverse("assessments:words") + f"?lang={term.lang}"
    form = TermChangeForm(request.POST or None, initial=TermForm.initial_of(term))
    if request.method == "POST" and form.is_valid():
        try:
            services.reword_term(
                term_id=term.pk,
                actor=person_of(request),
                entry=form.entry(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Changed. What was flagged before keeps what it was flagged with."))
            return redirect(back)
    context = {"form": form, "title": term.term, "term": term, "back": back}
    return render(request, "assessments/word.html", context, status=422 if form.is_bound else 200)


@for_roles("scheme_manager")
def retire(request: HttpRequest, term_id: UUID) -> HttpResponse:
    """Watch a word no longer, with a reason."""
    term = get_object_or_404(LabelTerm, pk=term_id, retired_at=None)
    back = reverse("assessments:words") + f"?lang={term.lang}"
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.retire_term(
                term_id=term.pk, actor=person_of(request), reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("“%(term)s” is watched no longer.") % {"term": term.term})
            return redirect(back)
    title = _("Watch “%(term)s” no longer?") % {"term": term.term}
    context = {"form": form, "title": title, "button": _("Watch it no longer"), "back": back}
    return render(request, "assessments/retire.html", context, status=422 if form.is_bound else 200)
