"""One person at a time screens a case; who is tied to the agency screens it not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification.applications import selectors, services
from certification.applications.models import Application, CaseNote
from certification.decisions.services import bar
from iris.core import clocks, events
from iris.core.errors import Conflict, NotPermitted, ReasonRequired
from iris.core.events import SYSTEM
from tests.factories import accounts, agencies
from tests.factories.applications import application, screener, staff

pytestmark = pytest.mark.django_db


def released(state: str = "in_review") -> Application:
    """A case that nobody has."""
    row = application(state)
    return services.release_application(application_id=row.pk, actor=screener())


def again(row: Application) -> Application:
    return Application.objects.get(pk=row.pk)


def test_claim_is_kept_and_the_second_reads_who_has_it_since_when():
    row = released()
    first, second = screener(), accounts.person("scheme", "screener")
    services.claim_application(application_id=row.pk, actor=first)
    assert services.claim_application(application_id=row.pk, actor=first).case_owner == first
    with pytest.raises(Conflict) as refused:
        services.claim_application(application_id=row.pk, actor=second)
    assert str(refused.value.message).startswith(
        f"{first.full_name} has this case since 21 November 2026, 12:00"
    )
    assert [event.act for event in events.events_of(row)].count("claim") == 2


def test_nobody_screens_a_case_that_a_colleague_has():
    row = application("in_review")
    holder, second = row.case_owner, accounts.person("scheme", "screener")
    assert holder is not None
    for act in (
        lambda: services.accept_application(application_id=row.pk, actor=second),
        lambda: services.defer_application(application_id=row.pk, actor=second, reason="A copy is missing."),
        lambda: services.reject_application(application_id=row.pk, actor=second, reason="No licence."),
    ):
        with pytest.raises(Conflict, match=holder.full_name):
            act()
    assert again(row).state == "in_review"


def test_the_holder_releases_and_a_manager_takes_it_off_with_a_reason_that_a_screener_cannot():
    row = application("in_review")
    manager, other = staff("scheme_manager"), accounts.person("scheme", "screener")
    with pytest.raises(NotPermitted, match="Only they or a scheme manager"):
        services.release_application(application_id=row.pk, actor=other, reason="I am free.")
    with pytest.raises(ReasonRequired):
        services.release_application(application_id=row.pk, actor=manager)
    services.release_application(application_id=row.pk, actor=manager, reason="Amara is ill.")
    with pytest.raises(Conflict, match="released already"):
        services.release_application(application_id=row.pk, actor=manager, reason="Again.")
    row = services.claim_application(application_id=row.pk, actor=other)
    assert row.case_owner == other
    last = next(event for event in events.events_of(row) if event.act == "release")
    assert last.reason == "Amara is ill."


def test_a_case_that_is_not_screened_is_neither_claimed_nor_released():
    row = application("accepted")
    with pytest.raises(Conflict, match="not being screened"):
        services.claim_application(application_id=row.pk, actor=screener())
    with pytest.raises(Conflict, match="not being screened"):
        services.release_application(application_id=row.pk, actor=screener())


def test_a_person_barred_for_the_agency_does_not_screen_it():
    row = released()
    tied = accounts.person("scheme", "screener")
    bar(
        agency=row.agency,
        person=tied,
        kind="advised",
        since=clocks.today() - timedelta(days=90),
        source="Worked for its consultant",
        actor=SYSTEM,
    )
    for act in (
        lambda: services.claim_application(application_id=row.pk, actor=tied),
        lambda: services.accept_application(application_id=row.pk, actor=tied),
        lambda: services.reject_application(application_id=row.pk, actor=tied, reason="No."),
        lambda: services.defer_application(application_id=row.pk, actor=tied, reason="A copy."),
    ):
        with pytest.raises(NotPermitted) as refused:
            act()
        assert refused.value.code == "barred"
        assert "you advised it" in str(refused.value.message)
    assert again(row).state == "in_review"


def test_a_claim_is_stale_after_the_schemes_days_and_counted():
    row = application("in_review")
    with clocks.freeze(clocks.now() + timedelta(days=5)):
        assert not selectors.stale_claims().exists()
    with clocks.freeze(clocks.now() + timedelta(days=5, minutes=1)):
        assert list(selectors.stale_claims()) == [row]
        found = selectors.counts(Application.objects.all(), screener().pk)
        assert (found["stale"], found["mine"], found["unclaimed"]) == (1, 1, 0)


def test_the_database_holds_that_a_claim_is_dated():
    row = application("submitted")
    with pytest.raises(IntegrityError, match="application_claim_is_dated"), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(case_owner=screener(), claimed_at=None)


def test_a_note_is_the_schemes_and_the_agency_reads_neither_it_nor_that_it_is_there(client):
    row = application("in_review")
    services.add_note(application_id=row.pk, actor=screener(), text="Ask the licence office by phone.")
    with pytest.raises(NotPermitted):
        services.add_note(application_id=row.pk, actor=agencies.signatory(row.agency), text="Hello.")
    with pytest.raises(ReasonRequired):
        services.add_note(application_id=row.pk, actor=screener(), text="  ")
    assert CaseNote.objects.get().text.startswith("Ask")
    for person, reads in ((screener(), True), (agencies.signatory(row.agency), False)):
        client.force_login(person)
        for page in ("", "events/"):
            html = client.get(f"/applications/{row.pk}/{page}").content.decode()
            assert ("Note of the scheme" in html) is reads
        assert ("Ask the licence office" in client.get(f"/applications/{row.pk}/").content.decode()) is reads
