"""The pages of training, for each who may open them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.training.models import CatalogueEntry, Course, Provider, Seat
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import accounts, agencies, decisions, training

pytestmark = pytest.mark.django_db


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    content = answer.content.decode()
    assert "UNDEFINED VARIABLE" not in content
    return content


def test_an_agency_reads_its_level_and_books_a_seat() -> None:
    agency = agencies.agency()
    signatory = agencies.signatory(agency)
    training.passed(agency, "entry", date(2026, 1, 15))
    made = training.course(seats=1)
    client = browser(signatory)
    page = text(client, "training:list")
    assert "A training level is not a certification." in page
    assert "15 January 2029" in page
    assert "Book a seat" in text(client, "training:course", made.pk)
    url = reverse("training:course", args=[made.pk])
    assert client.post(url, {"person": str(signatory.pk)}).status_code == 302
    assert "has a seat or waits" in client.post(url, {"person": str(signatory.pk)}).content.decode()
    other = browser(agencies.signatory(agencies.agency()))
    page = text(other, "training:course", made.pk)
    assert "Put on the waiting list" in page
    assert signatory.full_name not in page
    seat = Seat.objects.get(course=made)
    assert other.post(reverse("training:give_back", args=[seat.pk])).status_code == 404
    assert client.post(reverse("training:give_back", args=[seat.pk])).status_code == 302


def test_a_trainer_gives_a_course_to_its_end() -> None:
    by = training.trainer()
    client = browser(by)
    form: dict[str, Any] = {
        "entry": str(training.entry().pk),
        "trainers": [str(by.pk)],
        "language": "ne",
        "seats": "3",
        "day_1": clocks.today().isoformat(),
        "place": "Patan",
        "country": "NP",
    }
    assert client.post(reverse("training:add"), {**form, "country": ""}).status_code == 422
    assert client.post(reverse("training:add"), form).status_code == 302
    made = Course.objects.get()
    for name, words in (("announce", "Announce the course"), ("begin", "Begin the course")):
        if name == "begin":
            seat = training.seat(made)
        assert words in text(client, "training:course", made.pk)
        assert client.post(reverse("training:move", args=[made.pk, name])).status_code == 302
    assert "Attendance and results" in text(client, "training:course", made.pk)
    assert "24 months" in text(client, "training:sheet", made.pk)
    sheet = reverse("training:sheet", args=[made.pk])
    day = made.days.get()
    refused = client.post(sheet, {f"{seat.pk}-{day.pk}": "missed", f"{seat.pk}-result": "passed"})
    assert refused.status_code == 422
    assert "0 of 1 days" in refused.content.decode()
    answer = client.post(sheet, {f"{seat.pk}-{day.pk}": "there", f"{seat.pk}-result": "passed"})
    assert answer.status_code == 302
    client.post(reverse("training:move", args=[made.pk, "finish"]))
    page = text(client, "training:course", made.pk)
    assert "counts until" in page
    assert "Give a course" in text(client, "training:list")


def test_the_scheme_keeps_catalogue_and_providers() -> None:
    client = browser(decisions.manager())
    text(client, "training:list")
    form = {"code": "gap-2", "title": "Gap analysis", "level": "l1", "hours": "16", "about": "Find gaps."}
    assert client.post(reverse("training:catalogue"), {**form, "hours": "2"}).status_code == 422
    assert client.post(reverse("training:catalogue"), form).status_code == 302
    assert "Gap analysis" in text(client, "training:catalogue")
    client.post(reverse("training:retire", args=[CatalogueEntry.objects.get().pk]))
    assert "retired 21 November 2026" in text(client, "training:catalogue")
    organisation = accounts.organisation("training_provider")
    client.post(reverse("training:providers"), {"organisation": str(organisation.pk)})
    provider = Provider.objects.get()
    assert "since 21 November 2026" in text(client, "training:providers")
    text(client, "training:end_provider", provider.pk)
    client.post(reverse("training:end_provider", args=[provider.pk]), {"reason": "No trainers."})
    assert Provider.objects.get().ended_reason == "No trainers."


def test_a_course_is_called_off_with_a_reason() -> None:
    made = training.course()
    client = browser(decisions.manager())
    text(client, "training:cancel", made.pk)
    assert client.post(reverse("training:cancel", args=[made.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("training:cancel", args=[made.pk]), {"reason": "The trainer is ill."})
    assert training.get(made).state == "cancelled"


def test_who_reads_what() -> None:
    draft = training.course("draft")
    text(browser(agencies.signatory(agencies.agency())), "training:course", draft.pk, status=404)
    text(browser(accounts.person("training_provider", "trainer")), "training:course", draft.pk, status=404)
    text(browser(accounts.person("audit_firm", "lead_auditor")), "training:list", status=404)
    employer = browser(accounts.person("employer", "sourcing_manager"))
    text(employer, "training:list")
    text(employer, "training:providers", status=404)
    assert "Add the course" not in text(employer, "training:catalogue")
    text(browser(accounts.person("government", "reader")), "training:course", training.course().pk)


def test_results_past_their_day_say_so() -> None:
    agency = agencies.agency()
    training.passed(agency, "entry", date(2022, 1, 15))
    assert "(over)" in text(browser(agencies.signatory(agency)), "training:list")
    assert clocks.today() - timedelta(days=1) > date(2025, 1, 15)
