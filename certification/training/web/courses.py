"""Courses: the list, one course with its seats, and what people do with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.agencies.selectors import agency_of
from certification.training import selectors, services
from certification.training.forms import CourseForm, EnrolForm, ReasonForm
from certification.training.models import CatalogueEntry, Course
from certification.training.permissions import enrols, looks_after_catalogue, runs
from certification.training.states import CourseState, SeatState
from iris.accounts.models import User
from iris.accounts.selectors import people_of
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds, for_roles
from iris.core.web import get_or_404

KINDS = ("agency", "employer", "government", "training_provider", "scheme")


@for_kinds(*KINDS)
def courses(request: HttpRequest) -> HttpResponse:
    """What can be taken or is given, and for an agency the level it has."""
    user = request.user
    cards = selectors.course_cards(selectors.courses_visible_to(user))
    ahead = [
        one for one in cards if one.course.state in (CourseState.DRAFT, CourseState.OPEN, CourseState.RUNNING)
    ]
    agency = agency_of(user) if user.is_kind("agency") else None
    learner = user.is_kind("agency", "employer", "government")
    seats = selectors.seats_visible_to(user).exclude(state=SeatState.GIVEN_BACK) if learner else ()
    context = {
        "ahead": ahead,
        "past": [one for one in reversed(cards) if one not in ahead][:25],
        "seats": seats,
        "level": selectors.level_card(agency) if agency else None,
        "agency": agency,
        "learner": learner,
        "may_add": user.has_role(Role.TRAINER),
        "may_keep": looks_after_catalogue(None, user),
        "scheme": user.is_kind("scheme"),
        "today": clocks.today(),
    }
    return render(request, "training/list.html", context)


@for_roles(Role.TRAINER)
def add(request: HttpRequest) -> HttpResponse:
    """Write a course down."""
    assert request.user.organisation is not None
    entries = CatalogueEntry.objects.filter(retired_on__isnull=True)
    trainers = people_of(request.user.organisation, Role.TRAINER).order_by("full_name")
    form = CourseForm(entries, trainers, request.POST or None, initial={"trainers": [request.user.pk]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        draft = services.CourseDraft(
            entry_id=data["entry"].pk,
            trainer_ids=[one.pk for one in data["trainers"]],
            days=form.days(),
            language=data["language"],
            seats=data["seats"],
            place=data["place"],
            country=data["country"],
        )
        try:
            made = services.draft_course(actor=request.user, draft=draft)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Written down. Announce it when it stands."))
            return redirect("training:course", made.pk)
    return render(request, "training/add.html", {"form": form}, status=422 if form.errors else 200)


@for_kinds(*KINDS)
def course(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """One course: when, where, who gives it, the seats one may see, and enrolling."""
    row = _row(request, course_id)
    may_enrol = enrols(request.user) and row.state == CourseState.OPEN
    form = _enrol_form(request, row) if may_enrol else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                seat = services.enrol(
                    course_id=row.pk, actor=request.user, person_id=form.cleaned_data["person"].pk
                )
            except DomainError as error:
                form.add_domain_error(error)
            else:
                booked = seat.state == SeatState.BOOKED
                messages.success(
                    request,
                    _("A seat is booked.") if booked else _("The course is full: on the waiting list."),
                )
                return redirect("training:course", row.pk)
    context = _context(request, row, form)
    return render(request, "training/course.html", context, status=422 if form and form.errors else 200)


def _enrol_form(request: HttpRequest, row: Course) -> EnrolForm:
    assert request.user.organisation is not None
    people = selectors.people_to_enrol(request.user.organisation, row)
    if request.method == "POST":
        # Somebody who has a seat already is refused by the service, with words.
        people = people_of(request.user.organisation)
    return EnrolForm(people, request.POST or None)


def _context(request: HttpRequest, row: Course, form: EnrolForm | None) -> dict[str, Any]:
    user = request.user
    (card,) = selectors.course_cards([row])
    seats = selectors.seats_visible_to(user).filter(course=row).exclude(state=SeatState.GIVEN_BACK)
    return {
        "course": row,
        "card": card,
        "days": list(row.days.all()),
        "trainers": selectors.trainers_of(row),
        "seats": seats,
        "outside": user.is_kind("scheme", "training_provider"),
        "form": form,
        "move": selectors.moves_for(row, user),
        "offered": _acts(row, user),
        "may_note": runs(row, user) and row.state == CourseState.RUNNING,
        "may_give_back": row.state == CourseState.OPEN and (enrols(user) or runs(row, user)),
        "events": events.events_of(row) if user.is_kind("scheme", "training_provider") else [],
    }


def _acts(row: Course, user: User) -> list[dict[str, str]]:
    told = [
        ("announce", row.announce, _("Announce the course"), "speakerphone"),
        ("begin", row.begin, _("Begin the course"), "player-play"),
        ("finish", row.finish, _("Close with these results"), "circle-check"),
    ]
    return [
        {"name": name, "label": label, "icon": icon}
        for name, method, label, icon in told
        if may(method, user)
    ] + ([{"name": "cancel", "label": _("Call it off"), "icon": "ban"}] if may(row.cancel, user) else [])


@require_POST
@for_roles(Role.TRAINER)
def move(request: HttpRequest, course_id: UUID, name: str) -> HttpResponse:
    """Announce, begin or close a course."""
    row = _row(request, course_id)
    service, done = {
        "announce": (services.announce_course, _("Announced: seats can be booked.")),
        "begin": (services.begin_course, _("Begun: note who is there.")),
        "finish": (services.finish_course, _("Closed. Everybody gets their result by e-mail.")),
    }[name]
    service(course_id=row.pk, actor=request.user)
    messages.success(request, done)
    return redirect("training:course", row.pk)


@for_roles(Role.TRAINER, Role.SCHEME_MANAGER)
def cancel(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Call a course off."""
    row = _row(request, course_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_course(course_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Called off. Everybody who had a seat gets an e-mail."))
            return redirect("training:course", row.pk)
    return render(
        request, "training/cancel.html", {"course": row, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@for_kinds("agency", "employer", "government", "training_provider")
def give_back(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Give a seat back."""
    seat = get_or_404(selectors.seats_visible_to(request.user), pk=seat_id)
    services.give_back(seat_id=seat.pk, actor=request.user)
    messages.success(request, _("Given back. Whoever waits longest gets the seat."))
    return redirect("training:course", seat.course_id)


def _row(request: HttpRequest, course_id: UUID) -> Course:
    return get_or_404(selectors.courses_visible_to(request.user), pk=course_id)
