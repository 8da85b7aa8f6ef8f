"""Requests for information: hand-worked clocks, who does what in which state, what the asker sees."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.urls import reverse

from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict
from iris.notify.models import Notice
from supplychain.diligence import selectors, services
from supplychain.diligence.models import InformationRequest
from supplychain.diligence.rules import Clock, answer_due, extended_due
from supplychain.diligence.services import RequestEntry
from supplychain.diligence.states import RequestState
from tests.factories import accounts
from tests.tables import moves_let_through, tried, wrong_rows

pytestmark = pytest.mark.django_db
NORWAY = Clock("no", 21, 2)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.fixture
def manager() -> User:
    made = accounts.person("employer", "sourcing_manager")
    services.change_inbox(actor=made, is_open=True, law="no", days=None)
    return made


def _asked(manager: User, day: date = date(2026, 3, 2), **more: str) -> InformationRequest:
    organisation = manager.organisation
    assert organisation is not None
    with clocks.freeze(_at(day)):
        return services.ask(organisation=organisation, entry=RequestEntry("What do workers pay?", **more))


@pytest.mark.parametrize(
    ("received", "answer", "extended"),
    [
        (date(2026, 3, 2), date(2026, 3, 23), date(2026, 5, 2)),
        (date(2026, 12, 20), date(2027, 1, 10), date(2027, 2, 20)),  # over the holidays: calendar days
        (date(2028, 2, 8), date(2028, 2, 29), date(2028, 4, 8)),  # a leap day
        (date(2027, 2, 8), date(2027, 3, 1), date(2027, 4, 8)),
        (date(2026, 12, 31), date(2027, 1, 21), date(2027, 2, 28)),  # no 31 February
        (date(2027, 12, 31), date(2028, 1, 21), date(2028, 2, 29)),
    ],
)
def test_three_weeks_and_two_months(received: date, answer: date, extended: date) -> None:
    assert (answer_due(NORWAY, received), extended_due(NORWAY, received)) == (answer, extended)


def test_a_letter_counts_from_the_day_it_arrived(manager: User) -> None:
    with clocks.freeze(_at(date(2026, 3, 10))):
        entry = RequestEntry("Who recruits?", channel="letter", received_on=date(2026, 3, 2))
        row = services.record_request(actor=manager, entry=entry)
        assert (row.answer_due, row.latest_due) == (date(2026, 3, 23), date(2026, 5, 2))
        with pytest.raises(BadInput):
            services.record_request(
                actor=manager, entry=RequestEntry("x", channel="letter", received_on=date(2026, 3, 11))
            )


def test_the_employers_own_promise_sets_its_days(manager: User) -> None:
    services.change_inbox(actor=manager, is_open=True, law="own", days=10)
    assert _asked(manager).answer_due == date(2026, 3, 12)
    with pytest.raises(BadInput):
        services.change_inbox(actor=manager, is_open=True, law="own", days=91)


@pytest.mark.parametrize(
    ("today", "until", "refusal"),
    [
        (date(2026, 3, 23), date(2026, 5, 2), ""),
        (date(2026, 3, 24), date(2026, 5, 2), "conflict"),
        (date(2026, 3, 10), date(2026, 5, 3), "bad_input"),
        (date(2026, 3, 10), date(2026, 3, 23), "bad_input"),
    ],
)
def test_an_extension_is_told_in_time_and_has_an_end(
    manager: User, today: date, until: date, refusal: str
) -> None:
    row = _asked(manager)

    def extend(_thing: object, by: User) -> None:
        services.extend(request_id=row.pk, actor=by, until=until, reason="Three sites to ask.")

    with clocks.freeze(_at(today)):
        assert tried(extend, None, manager) == refusal
        if refusal:
            return
        extend(None, manager)
    row = InformationRequest.objects.get()
    assert (row.due, row.messages.last().kind) == (until, "extended")  # type: ignore[union-attr]
    with clocks.freeze(_at(today)), pytest.raises(Conflict):
        services.extend(request_id=row.pk, actor=manager, until=until, reason="Again.")


def test_asking_back_does_not_stop_the_clock(manager: User) -> None:
    row = _asked(manager)
    services.ask_back(request_id=row.pk, actor=manager, text="Which site?")
    services.clarify(code=row.code, text="Penang.")
    row = InformationRequest.objects.get()
    assert (row.state, row.due) == ("in_work", date(2026, 3, 23))


def test_a_refusal_names_its_ground_and_opens_the_way_to_reasons(manager: User) -> None:
    row = _asked(manager)
    with clocks.freeze(_at(date(2026, 3, 20))):
        with pytest.raises(BadInput):
            services.refuse(request_id=row.pk, actor=manager, ground=" ", text="No.")
        services.refuse(request_id=row.pk, actor=manager, ground="Section 6(2)(b)", text="Unreasonable.")
    assert InformationRequest.objects.get().reasons_due == date(2026, 4, 10)
    with clocks.freeze(_at(date(2026, 4, 11))), pytest.raises(Conflict):
        services.ask_for_reasons(code=row.code)
    with clocks.freeze(_at(date(2026, 4, 10))):
        services.ask_for_reasons(code=row.code)
    assert InformationRequest.objects.get().reasons_due == date(2026, 5, 1)
    services.give_reasons(request_id=row.pk, actor=manager, text="In full.")


def test_reminders_come_once_before_and_once_after(manager: User) -> None:
    _asked(manager)
    Notice.objects.all().delete()
    told = []
    for day in (
        date(2026, 3, 15),
        date(2026, 3, 16),
        date(2026, 3, 23),
        date(2026, 3, 24),
        date(2026, 3, 25),
    ):
        with clocks.freeze(_at(day)):
            told.append(services.remind_of_requests())
    assert told == [0, 1, 0, 1, 0]


def _poised(manager: User, state: str) -> InformationRequest:
    row = _asked(manager, clocks.today())
    if state == "in_work":
        services.acknowledge(request_id=row.pk, actor=manager)
    if state == "asked_back":
        services.ask_back(request_id=row.pk, actor=manager, text="?")
    if state == "answered":
        services.answer(request_id=row.pk, actor=manager, text="a")
    if state == "refused":
        services.refuse(request_id=row.pk, actor=manager, ground="g", text="t")
    if state == "withdrawn":
        services.withdraw_request(code=row.code)
    return InformationRequest.objects.get(pk=row.pk)


def test_every_state_act_and_role(manager: User) -> None:
    acts = {
        "acknowledge": lambda row, by: services.acknowledge(request_id=row.pk, actor=by),
        "ask back": lambda row, by: services.ask_back(request_id=row.pk, actor=by, text="?"),
        "answer": lambda row, by: services.answer(request_id=row.pk, actor=by, text="a"),
        "refuse": lambda row, by: services.refuse(request_id=row.pk, actor=by, ground="g", text="t"),
        "note": lambda row, by: services.keep_note(request_id=row.pk, actor=by, text="n"),
    }
    people = {
        "manager": lambda row: manager,
        "viewer": lambda row: accounts.person(
            "employer", "sourcing_viewer", organisation=manager.organisation
        ),
        "other employer": lambda row: accounts.person("employer", "sourcing_manager"),
        "scheme": lambda row: accounts.person("scheme", "scheme_manager"),
    }
    open_states = ("received", "in_work", "asked_back")
    allowed = {
        ("received", "acknowledge", "manager"),
        *[(state, "ask back", "manager") for state in ("received", "in_work")],
        *[(state, act, "manager") for state in open_states for act in ("answer", "refuse")],
        *[(str(state), "note", "manager") for state in RequestState],
    }
    count, wrong = wrong_rows(lambda state: _poised(manager, state), RequestState, acts, people, allowed)
    assert wrong == []
    assert count == 6 * 5 * 4
    assert moves_let_through(_poised(manager, "received"), RequestState.values) == {"in_work", "asked_back"}


def test_a_closed_inbox_and_a_flood_are_refused(manager: User) -> None:
    organisation = manager.organisation
    assert organisation is not None
    services.change_inbox(actor=manager, is_open=False, law="no", days=None)
    with pytest.raises(Conflict):
        services.ask(organisation=organisation, entry=RequestEntry("x"))
    services.change_inbox(actor=manager, is_open=True, law="no", days=None)
    for _n in range(40):
        services.ask(organisation=organisation, entry=RequestEntry("x"))
    with pytest.raises(Conflict):
        services.ask(organisation=organisation, entry=RequestEntry("x"))


def test_anybody_asks_and_comes_back_with_the_code(client, manager: User) -> None:  # type: ignore[no-untyped-def]
    organisation = manager.organisation
    assert organisation is not None
    url = reverse("diligence:ask", args=[organisation.pk])
    client.post(url, {"text": "Robots ask too", "homepage": "http://spam.example"})
    assert not InformationRequest.objects.exists()
    client.post(url, {"text": "What do workers pay?", "contact": "asker@example.org"})
    row = InformationRequest.objects.get()
    services.acknowledge(request_id=row.pk, actor=manager)
    services.keep_note(request_id=row.pk, actor=manager, text="Internal canary")
    services.answer(request_id=row.pk, actor=manager, text="Nothing at all.")
    outbox.run_all()
    letters = [one for one in mail.outbox if one.to == ["asker@example.org"]]
    assert len(letters) == 2
    assert all(row.code in one.body and "Nothing at all." not in one.body for one in letters)
    page = client.get(reverse("diligence:follow", args=[row.code])).content.decode()
    assert "Nothing at all." in page
    assert "Internal canary" not in page
    assert client.get(reverse("diligence:follow", args=["AAAA-BBBB-CCCC"])).status_code == 404


def test_another_employer_sees_no_request(client, manager: User) -> None:  # type: ignore[no-untyped-def]
    row = _asked(manager)
    client.force_login(accounts.person("employer", "sourcing_manager"))
    assert client.get(reverse("diligence:request", args=[row.pk])).status_code == 404
    assert row.number not in client.get(reverse("diligence:request_log")).content.decode()
    client.force_login(manager)
    page = client.get(reverse("diligence:request", args=[row.pk])).content.decode()
    assert "What do workers pay?" in page
    assert reverse("diligence:request_act", args=[row.pk, "answer"]) in page
    assert row.number in client.get(reverse("diligence:request_log")).content.decode()
    assert str(row.pk) in str([todo.url for todo in selectors.todos_for(manager)])
