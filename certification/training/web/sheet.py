"""The trainer's sheet: who was there on which day, and the results."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.training import selectors, services
from certification.training.models import Course, Seat
from certification.training.states import Result, SeatState
from iris.accounts.states import Role
from iris.core import clocks
from iris.core.errors import BadInput
from iris.core.policy import for_roles
from iris.core.web import get_or_404

THERE, MISSED = "there", "missed"


@for_roles(Role.TRAINER)
def sheet(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Everybody who has a seat, every day that has come, and the result."""
    row = get_or_404(selectors.courses_visible_to(request.user), pk=course_id)
    seats = list(row.booked.filter(state=SeatState.BOOKED).select_related("person", "organisation"))
    problems: list[Any] = []
    if request.method == "POST":
        lines = [_line(request, row, seat) for seat in seats]
        try:
            services.save_sheet(course_id=row.pk, actor=request.user, lines=lines)
        except BadInput as error:
            problems = error.fields.get("sheet") or [str(error.message)]
        else:
            messages.success(request, _("Saved."))
            return redirect("training:course", row.pk)
    context = {
        "course": row,
        "days": list(row.days.all()),
        "lines": _shown(request, row, seats),
        "results": Result.choices,
        "problems": problems,
        "today": clocks.today(),
        "asked": clocks.number("training_attendance_percent"),
        "months": clocks.number("consultancy_cooloff_months"),
    }
    return render(request, "training/sheet.html", context, status=422 if problems else 200)


def _line(request: HttpRequest, row: Course, seat: Seat) -> services.Line:
    told = {day.pk: request.POST.get(f"{seat.pk}-{day.pk}", "") for day in row.days.all()}
    return services.Line(
        seat_id=seat.pk,
        days={pk: value == THERE for pk, value in told.items() if value in (THERE, MISSED)},
        result=request.POST.get(f"{seat.pk}-result", ""),
    )


def _shown(request: HttpRequest, row: Course, seats: list[Seat]) -> list[dict[str, Any]]:
    noted = selectors.attended(row)
    days = list(row.days.all())
    lines = []
    for seat in seats:
        cells = []
        for day in days:
            present = noted.get(seat.pk, {}).get(day.pk)
            value = "" if present is None else THERE if present else MISSED
            name = f"{seat.pk}-{day.pk}"
            cells.append({"day": day, "name": name, "value": request.POST.get(name, value)})
        result = request.POST.get(f"{seat.pk}-result", seat.result)
        lines.append({"seat": seat, "cells": cells, "name": f"{seat.pk}-result", "result": result})
    return lines
