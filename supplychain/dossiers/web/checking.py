"""The public page that proves a copy without showing its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iris.core.policy import public
from supplychain.dossiers import selectors
from supplychain.dossiers.forms import CheckForm
from supplychain.dossiers.rules import law_of
from supplychain.dossiers.rules.checking import check as check_archive

MOST_BYTES = 60 * 1024 * 1024


@public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Was this copy issued here, and is the archive as it was?"""
    form = CheckForm(request.POST or None, request.FILES or None, initial={"top": request.GET.get("top", "")})
    top = request.GET.get("top", "")
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        top = form.cleaned_data["top"]
        upload = form.cleaned_data["archive"]
        if upload is not None:
            if (upload.size or 0) > MOST_BYTES:
                problems = [_("The archive is larger than 60 MB. Check it with check_dossier.py inside it.")]
            else:
                problems, found = check_archive(upload, top)
                top = top or found
    copy = selectors.copy_by_top(top) if top else None
    context: dict[str, Any] = {
        "form": form,
        "asked": bool(top or problems),
        "top": top[:80],
        "problems": problems,
        "copy": copy,
        "law": law_of(copy.version.dossier.law) if copy else None,
        "archive_checked": bool(request.FILES) and not problems,
    }
    return render(request, "dossiers/check.html", context)
