"""Taking a case to screen and giving it back; notes; letters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.applications import permissions, selectors, services, states
from certification.applications.forms import ConfirmForm, NoteForm, ReasonForm
from iris.core import files, web
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, for_roles

from .acting import ActPage, act_page
from .reading import audience, person, visible
from .screening import SCREENERS


@require_POST
@for_roles(*SCREENERS)
def claim(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the case; whoever was second reads who has it since when."""
    application = visible(request, application_id)
    try:
        services.claim_application(application_id=application.pk, actor=person(request))
    except DomainError as error:
        messages.warning(request, str(error.message))
    else:
        messages.success(request, _("You have %(number)s now.") % {"number": application.number})
    return _back(request, application_id)


@for_roles(*SCREENERS)
def release(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Give the case back, or take it off a colleague with a reason."""
    application = visible(request, application_id)
    user = person(request)
    own = application.case_owner_id == user.pk
    holder = application.case_owner.label if application.case_owner else ""
    page = ActPage(
        act="release",
        open=application.case_owner_id is not None
        and application.state in states.SCREENING
        and (own or permissions.may_manage(application, user)),
        form=ConfirmForm if own else ReasonForm,
        title=_("Release the case") if own else _("Take the case off %(who)s") % {"who": holder},
        intro=_("Then nobody has it, and a colleague can claim it. What was done stays.")
        if own
        else _("%(who)s has this case. Afterwards nobody has it, and anyone can claim it.") % {"who": holder},
        label="" if own else _("Why do you take it off?"),
        help_text="" if own else _("Your colleague reads it in the events of the case."),
        button=_("Release the case"),
        said=_("Released. Nobody has the case now."),
        do=lambda data: services.release_application(
            application_id=application.pk, actor=user, reason=data.get("reason", "")
        ),
    )
    return act_page(request, application, page)


@require_POST
@for_kinds("scheme")
def add_note(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Write a note for the scheme's own people."""
    application = visible(request, application_id)
    form = NoteForm(request.POST)
    form.is_valid()
    try:
        services.add_note(
            application_id=application.pk,
            actor=person(request),
            text=form.cleaned_data.get("text", ""),
        )
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(f"{_case(application_id)}#h-notes")


@for_kinds("agency", "scheme")
def letter(request: HttpRequest, application_id: UUID, number: int) -> HttpResponse:
    """One letter as it was sent; asking for its PDF where there is none."""
    application = visible(request, application_id)
    found = web.get_or_404(
        selectors.letters_visible_to(person(request)), application=application, number=number
    )
    line = next(each for each in selectors.letters_of(application, person(request)) if each.letter == found)
    if request.method == "POST":
        services.ask_for_pdf(letter_id=found.pk)
        return redirect(f"{request.path}?asked=1")
    context = {
        "application": application,
        "letter": found,
        "has_pdf": line.has_pdf,
        "asked": "asked" in request.GET,
        "audience": audience(person(request)),
    }
    return render(request, "applications/letter.html", context)


@for_kinds("agency", "scheme")
def letter_pdf(request: HttpRequest, application_id: UUID, number: int) -> HttpResponse:
    """The PDF of a letter."""
    application = visible(request, application_id)
    found = web.get_or_404(
        selectors.letters_visible_to(person(request)), application=application, number=number
    )
    made = getattr(found, "file_row", None)
    if made is None:
        raise Http404
    return files.serve(made.file)


def _case(application_id: UUID) -> str:
    from django.urls import reverse

    return reverse("applications:application", args=[application_id])


def _back(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """To the list it was pressed on, else to the case."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/"):
        return redirect(target)
    return redirect(_case(application_id))
