"""Doors of the applications' pages: who gets in, what an act does, whose move it is in words for the reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from certification.applications import selectors, services
from certification.applications.models import Application
from certification.applications.states import ApplicationState as State
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import accounts, agencies, assessments
from tests.factories.applications import application, lead_of, screener, staff

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(name: str, row: Application) -> str:
    return reverse(f"applications:{name}", args=[row.pk])


def test_a_draft_is_seen_by_its_agency_only():
    row = application()
    page = url("application", row)
    assert client_of(agencies.colleague(row.agency, "contributor")).get(page).status_code == 200
    for other in (
        screener(),
        accounts.person("agency", "signatory"),
        accounts.person("employer", "sourcing_manager"),
    ):
        assert client_of(other).get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_a_case_is_seen_by_its_agency_the_scheme_and_its_firm():
    row = application("under_audit")
    page = url("application", row)
    assert row.firm is not None
    for person in (agencies.signatory(row.agency), staff("decider"), lead_of(row.firm)):
        assert client_of(person).get(page).status_code == 200
        assert client_of(person).get(url("events", row)).status_code == 200
    for other in (accounts.person("agency", "signatory"), accounts.person("audit_firm", "lead_auditor")):
        assert client_of(other).get(page).status_code == 404


def test_acts_of_the_screener_are_404_for_agency_decider_and_auditor():
    row = application("in_review")
    for name in ("request_fee", "record_fee", "accept", "defer", "reject"):
        for person in (
            agencies.signatory(row.agency),
            staff("decider"),
            accounts.person("audit_firm", "auditor"),
        ):
            assert client_of(person).get(url(name, row)).status_code == 404
    assert client_of(screener()).get(url("withdraw", row)).status_code == 404


def test_from_opening_to_acceptance_through_the_pages():
    agency = agencies.agency()
    mine = client_of(agencies.signatory(agency))
    assert "Are we ready?" in mine.get("/applications/start/").content.decode()
    opened = mine.post("/applications/start/")
    row = Application.objects.get()
    assert opened.url == url("application", row)
    assert mine.get("/applications/start/").url == url("application", row)

    early = mine.post(url("declare", row), {"declaration_name": "A", "declaration_role": "B", "agree": "on"})
    assert early.status_code == 409
    assert "Start the self-assessment" in early.content.decode()

    assessments.complete_assessment(agency)
    untold = mine.post(url("declare", row), {"declaration_name": "Asha Rai", "declaration_role": "Director"})
    assert untold.status_code == 422
    assert 'value="Asha Rai"' in untold.content.decode()
    sent = mine.post(
        url("declare", row), {"declaration_name": "Asha Rai", "declaration_role": "Director", "agree": "on"}
    )
    assert sent.url == url("sent", row)
    assert row.number in mine.get(sent.url).content.decode()

    scheme = client_of(screener())
    assert scheme.post(url("request_fee", row), {"invoice_number": "INV-1"}).status_code == 302
    page = scheme.get(url("record_fee", row)).content.decode()
    assert 'value="INV-1"' in page
    assert (
        scheme.post(url("record_fee", row), {"invoice_number": "INV-1", "paid_on": "2026-11-21"}).status_code
        == 302
    )
    assert scheme.post(url("defer", row), {"reason": "  "}).status_code == 422
    assert scheme.post(url("defer", row), {"reason": "Copy of the licence."}).status_code == 302
    assert "Copy of the licence." in mine.get(url("information", row)).content.decode()
    assert mine.post(url("information", row), {"text": "It is there now."}).status_code == 302
    assert "It is there now." in scheme.get(url("application", row)).content.decode()
    assert scheme.post(url("accept", row)).status_code == 302
    assert Application.objects.get().state == State.ACCEPTED


def test_the_second_of_two_screeners_is_told_who_was_first():
    row = application("in_review")
    first, second = screener(), accounts.person("scheme", "screener", name="Second Reader")
    late = client_of(second)
    assert late.get(url("reject", row)).status_code == 200
    services.accept_application(application_id=row.pk, actor=first)

    answer = late.post(url("reject", row), {"reason": "The licence is not enough."})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert first.full_name in html
    assert "Application accepted" in html
    assert "The licence is not enough." in html
    assert Application.objects.get(pk=row.pk).state == State.ACCEPTED
    assert late.get(url("reject", row)).url == url("application", row)


def test_the_queue_is_ordered_by_risk_filtered_by_the_address_and_bounded(django_assert_max_num_queries):
    calm = application("submitted")
    deferred = application("deferred")
    review = application("in_review")
    rejected = application("rejected")
    application()
    client = client_of(screener())
    with django_assert_max_num_queries(15):
        html = client.get("/applications/").content.decode()
    numbers = [calm.number, review.number, deferred.number]
    places = [html.index(number) for number in numbers]
    assert places == sorted(places)
    assert rejected.number not in html

    def shown(query: str) -> set[str]:
        page = client.get(f"/applications/?{query}").content.decode()
        return {row.number for row in Application.objects.all() if row.number in page}

    assert shown("state=all") == {calm.number, deferred.number, review.number, rejected.number}
    assert shown("state=rejected") == {rejected.number}
    assert shown(f"q={review.number.lower()}") == {review.number}
    assert shown("late=on") == set()
    assert shown("country=PH") == set()
    assert shown("mine=on") == {deferred.number, review.number}
    with clocks.freeze(clocks.now() + timedelta(days=15)):
        assert shown("late=on") == {calm.number, review.number}


def test_the_queue_of_a_firm_holds_its_own_cases_only():
    row = application("under_audit")
    application("submitted")
    assert row.firm is not None
    assert list(selectors.applications_visible_to(lead_of(row.firm))) == [row]
    html = client_of(lead_of(row.firm)).get("/applications/").content.decode()
    assert html.count("<tr><td>") == 1


@pytest.mark.parametrize(
    ("state", "agency", "scheme"),
    [
        ("submitted", "Waiting for the scheme: invoice", "Your move: ask for the fee"),
        ("fee_pending", "Your move: pay invoice INV-2026-31", "Waiting for the agency: pay"),
        ("in_review", "Waiting for the scheme: it screens", "Your move: accept, defer or reject"),
        ("deferred", "Your move: send what is missing", "Waiting for the agency: it sends"),
        ("accepted", "Waiting for the scheme: it assigns", "Waiting for the scheme manager"),
        ("rejected", "Closed: rejected", "Closed: rejected"),
    ],
)
def test_whose_move_it_is_reads_differently_for_each_side(state, agency, scheme):
    row = application(state)
    ours, theirs = (
        selectors.move_for(row, agencies.signatory(row.agency)),
        selectors.move_for(row, screener()),
    )
    assert str(ours.who).startswith(agency)
    assert str(theirs.who).startswith(scheme)
    assert not (ours.yours and theirs.yours)


def test_whose_move_of_a_draft_names_the_signatory_for_a_manager():
    row = application()
    manager = agencies.colleague(row.agency, "manager")
    assert "left before you can send" in str(selectors.move_for(row, manager).who)
    assessments.complete_assessment(row.agency)
    assert selectors.move_for(row, agencies.signatory(row.agency)).act_url == url("declare", row)
    assert "Waiting for your signatory" in str(selectors.move_for(row, manager).who)
    assert not selectors.move_for(row, manager).yours


def test_steps_say_what_is_done_where_it_stands_and_what_is_left():
    draft = application()
    assert [step.state for step in selectors.steps_for(draft)] == ["now", *["todo"] * 6]
    accepted = application("accepted")
    assert [step.state for step in selectors.steps_for(accepted)][:3] == ["done", "done", "now"]
    rejected = application("rejected")
    assert [step.state for step in selectors.steps_for(rejected)] == ["done", *["todo"] * 6]


def test_todos_follow_the_move_of_each_person():
    row = application("deferred")
    mine = selectors.todos_for(agencies.signatory(row.agency))
    assert [(str(todo.title), todo.due, todo.waiting) for todo in mine] == [
        ("Send what is missing", row.deferred_until, False)
    ]
    assert selectors.todos_for(screener()) == []
    review = application("in_review")
    assert [todo.due for todo in selectors.todos_for(screener())] == [review.review_due]
    assert selectors.todos_for(agencies.signatory(review.agency))[0].waiting
    assert selectors.todos_for(staff("decider")) == []


def test_an_accepted_case_is_the_scheme_managers_move():
    row = application("accepted")
    manager = staff("scheme_manager")
    assert selectors.move_for(row, manager).yours
    assert [str(todo.title) for todo in selectors.todos_for(manager)] == [
        f"Assign an audit: {row.agency.legal_name}"
    ]
    assert selectors.todos_for(screener()) == []


def test_a_draft_offers_to_declare_only_when_everything_is_there():
    row = application()
    client = client_of(agencies.signatory(row.agency))
    assert url("declare", row) not in client.get(url("application", row)).content.decode()
    assessments.complete_assessment(row.agency)
    assert url("declare", row) in client.get(url("application", row)).content.decode()


def test_a_room_above_adds_a_panel_a_move_and_its_progress(monkeypatch):
    from certification.applications.selectors import offers
    from iris.core.moves import Move

    for name in ("_panels", "_moves", "_progress"):
        monkeypatch.setattr(offers, name, {})
    row = application("under_audit")
    reader = screener()
    selectors.offer_panel(
        "later", lambda _a, _u: selectors.Panel("components/empty.html", {"n": 2}), order=90
    )
    selectors.offer_panel(
        "first", lambda _a, _u: selectors.Panel("components/empty.html", {"n": 1}), order=10
    )
    selectors.offer_panel("hidden", lambda _a, _u: None)
    selectors.offer_move(State.UNDER_AUDIT, lambda _a, _u: Move("Waiting for the stage 2 report"))
    selectors.offer_progress("audits", lambda _a: selectors.Progress(stage1_on=clocks.today()))

    assert [panel.context["n"] for panel in selectors.panels_for(row, reader, "main")] == [1, 2]
    assert selectors.panels_for(row, reader, "aside") == []
    assert selectors.move_for(row, reader).who == "Waiting for the stage 2 report"
    assert [step.state for step in selectors.steps_for(row)][2:5] == ["done", "now", "todo"]
