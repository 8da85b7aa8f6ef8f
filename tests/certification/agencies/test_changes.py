"""The duty to report changes: the clock, what an agency's own entries ask of it, and what the scheme answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from certification.agencies import selectors, services
from certification.agencies.models import Agency, ChangeReport
from certification.agencies.selectors import ChangeAct, offers
from certification.agencies.services import ChangeAnswers
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


def told(agency: Agency, happened_on: date = date(2026, 11, 10), kind: str = "case") -> ChangeReport:
    return services.report_change(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=ChangeAnswers(kind=kind, happened_on=happened_on, text="A court opened a case."),
    )


def screener() -> User:
    return accounts.person("scheme", "screener")


# Today is 21 November 2026; fourteen days before is the 7th.
@pytest.mark.parametrize(
    ("happened_on", "in_time", "late"),
    [
        (date(2026, 11, 21), True, 0),
        (date(2026, 11, 7), True, 0),
        (date(2026, 11, 6), False, 1),
        (date(2026, 10, 1), False, 37),
    ],
)
def test_the_clock_says_whether_it_was_told_in_time(happened_on, in_time, late):
    report = told(agencies.agency(), happened_on)
    assert (report.in_time, report.days_late, report.state) == (in_time, late, "reported")


def test_what_has_not_happened_and_what_is_not_told_are_refused_on_their_fields():
    agency = agencies.agency()
    for field, answers in (
        ("happened_on", ChangeAnswers(kind="case", happened_on=date(2026, 11, 22), text="x")),
        ("happened_on", ChangeAnswers(kind="case", happened_on=None, text="x")),
        ("text", ChangeAnswers(kind="case", happened_on=date(2026, 11, 1), text="  ")),
        ("kind", ChangeAnswers(kind="weather", happened_on=date(2026, 11, 1), text="x")),
    ):
        with pytest.raises(BadInput) as refused:
            services.report_change(agency_id=agency.pk, actor=agencies.signatory(agency), answers=answers)
        assert field in refused.value.fields
    assert not ChangeReport.objects.exists()


def test_a_bad_document_leaves_no_half_report():
    agency = agencies.agency()
    with pytest.raises(BadInput) as refused, transaction.atomic():
        services.report_change(
            agency_id=agency.pk,
            actor=agencies.signatory(agency),
            answers=ChangeAnswers(kind="case", happened_on=date(2026, 11, 1), text="x"),
            documents=[SimpleUploadedFile("a.exe", b"")],
        )
    assert "documents" in refused.value.fields
    assert not ChangeReport.objects.exists()


def test_own_entries_of_a_certified_agency_ask_for_a_report_once(stand):
    agency = agencies.agency()
    actor = agencies.signatory(agency)
    stand(agency, certified=True)
    services.add_corridor(agency_id=agency.pk, actor=actor, origin="NP", destination="QA")
    services.add_corridor(agency_id=agency.pk, actor=actor, origin="NP", destination="JP")
    report = ChangeReport.objects.get()
    assert (report.kind, report.state, report.seen) == ("corridor", "asked", "corridor_added")
    assert report.due_on == date(2026, 12, 5)
    assert Notice.objects.filter(template="agencies/change_asked").count() == 1
    assert [todo.title for todo in selectors.todos_for(actor)] == ["Report a change: Corridor or sector"]
    services.add_officer(agency_id=agency.pk, actor=actor, answers=agencies.officer_answers())
    assert ChangeReport.objects.filter(kind="owner", state="asked").count() == 1


def test_entries_ask_for_nothing_without_a_certificate_or_after_a_report(stand):
    free, held = agencies.agency(), agencies.agency()
    stand(held, certified=True)
    told(held, kind="corridor")
    for agency in (free, held):
        services.add_corridor(
            agency_id=agency.pk, actor=agencies.signatory(agency), origin="NP", destination="QA"
        )
    assert not ChangeReport.objects.filter(state="asked").exists()


def test_the_sweep_finds_what_no_service_asked_for_and_asks_once(stand):
    agency = agencies.agency()
    stand(agency, certified=True)
    assert services.ask_for_unreported() == 0
    with clocks.freeze(clocks.now() + timedelta(hours=1)):
        agencies.licence(agency, number="NEW-1")
    assert services.ask_for_unreported() == 1
    assert services.ask_for_unreported() == 0
    assert ChangeReport.objects.get(state="asked").kind == "licence"


def test_what_was_asked_is_told_with_its_day(stand):
    agency = agencies.agency()
    stand(agency, certified=True)
    services.add_corridor(
        agency_id=agency.pk, actor=agencies.signatory(agency), origin="NP", destination="QA"
    )
    report = ChangeReport.objects.get()
    answers = ChangeAnswers(kind="corridor", happened_on=date(2026, 11, 5), text="We began with Qatar.")
    with pytest.raises(NotPermitted):
        services.complete_change(report_id=report.pk, actor=screener(), answers=answers)
    report = services.complete_change(report_id=report.pk, actor=agencies.signatory(agency), answers=answers)
    assert (report.state, report.due_on, report.days_late) == ("reported", date(2026, 11, 19), 2)
    with pytest.raises(Conflict):
        services.complete_change(report_id=report.pk, actor=agencies.signatory(agency), answers=answers)


def test_the_scheme_notes_and_closes_with_reasons():
    agency = agencies.agency()
    report = told(agency)
    with pytest.raises(ReasonRequired):
        services.note_change(report_id=report.pk, actor=screener(), reason=" ")
    for person in (agencies.signatory(agency), accounts.person("scheme", "decider")):
        with pytest.raises(NotPermitted):
            services.note_change(report_id=report.pk, actor=person, reason="Read.")
    report = services.note_change(report_id=report.pk, actor=screener(), reason="Read.")
    report = services.close_change(report_id=report.pk, actor=screener(), reason="The case was dropped.")
    assert (report.state, report.answer) == ("closed", "The case was dropped.")
    with pytest.raises(Conflict):
        services.note_change(report_id=report.pk, actor=screener(), reason="Again.")


def test_an_offered_act_moves_the_report_and_runs_in_one_transaction(monkeypatch):
    done: list[str] = []

    def carry_out(report: ChangeReport, actor: User, reason: str) -> str:
        if reason == "fail":
            raise TransitionRefused("No auditor.")
        done.append(reason)
        return "Special audit 7"

    offered = ChangeAct("special-audit", "Order", "On the spot.", carry_out)
    monkeypatch.setattr(offers, "_change_acts", [lambda report, user: [offered]])
    report, actor = told(agencies.agency()), screener()
    with pytest.raises(TransitionRefused), transaction.atomic():
        services.follow_up_change(report_id=report.pk, actor=actor, act_name="special-audit", reason="fail")
    assert ChangeReport.objects.get().state == "reported"
    with pytest.raises(TransitionRefused):
        services.follow_up_change(report_id=report.pk, actor=actor, act_name="other", reason="x")
    report = services.follow_up_change(
        report_id=report.pk, actor=actor, act_name="special-audit", reason="See it."
    )
    assert (report.state, report.audit_label, done) == ("audit_ordered", "Special audit 7", ["See it."])


@pytest.mark.parametrize("state", ["noted", "audit_ordered", "closed", "asked"])
def test_the_database_refuses_a_state_without_its_facts(state):
    report = told(agencies.agency())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certification_agencies_changereport SET state = %s WHERE id = %s", [state, report.pk]
        )


def test_pages_of_a_report_open_for_its_agency_and_the_scheme_only(client: Client):
    agency = agencies.agency()
    report = told(agency)
    pages = [
        reverse("agencies:change", args=[report.pk]),
        reverse("agencies:changes", args=[agency.pk]),
    ]
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    for person, status in (
        (agencies.signatory(agency), 200),
        (screener(), 200),
        (agencies.signatory(agencies.agency()), 404),
        (accounts.person("audit_firm", "auditor"), 404),
    ):
        client.force_login(person, backend=backend)
        assert [client.get(page).status_code for page in pages] == [status] * 2
    client.force_login(screener(), backend=backend)
    assert client.get(reverse("agencies:changes_queue")).status_code == 200
    act = reverse("agencies:change_act", args=[report.pk, "note"])
    assert client.post(act, {"reason": ""}).status_code == 422
    assert client.post(act, {"reason": "Read."}).status_code == 302
    assert client.get(reverse("agencies:change_act", args=[report.pk, "nothing"])).status_code == 404
    client.force_login(agencies.signatory(agency), backend=backend)
    page = reverse("agencies:report_change", args=[agency.pk])
    assert client.get(page).status_code == 200
    data = {"kind": "owner", "happened_on": "2026-11-12", "text": "She sold her share."}
    paper = SimpleUploadedFile("extract.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    assert client.post(page, {**data, "documents": [paper]}).status_code == 302
    made = ChangeReport.objects.get(kind="owner")
    copy = client.get(reverse("agencies:change_document", args=[made.pk, made.documents.get().pk]))
    assert copy["Content-Disposition"].startswith("attachment")
