"""Licences beside what registers say: shown, noticed, told, handed on. And the reminders before an end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from certification.agencies import selectors, services
from certification.agencies.models import Licence
from certification.agencies.services import SubAgentAnswers
from certification.licences import services as licences
from iris.core import clocks, events, outbox
from iris.core.models import OutboxRow
from iris.notify.models import Notice
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NUMBER = "1234/064/065"


def list_of_nepal(*rows: tuple[str, str, str], days_ago: int = 0, **more):
    body = "\n".join(["License No;Name;Status", *(";".join(row) for row in rows)])
    return licences.import_snapshot(
        code="NP-DOFE",
        data=body.encode(),
        name="np.csv",
        source="DoFE",
        actor=None,
        retrieved_at=clocks.now() - timedelta(days=days_ago),
        **more,
    )


def an_agency(number: str = NUMBER):
    agency = agencies.agency("Kalimaru Overseas")
    Licence.objects.filter(agency=agency).update(number=number, number_key=number)
    return agency


def lost_jobs() -> list[tuple[str, str]]:
    rows = OutboxRow.objects.filter(job="certificates.licence_lost")
    return [(row.kwargs["licence_id"], row.kwargs["why"]) for row in rows]


def acts(agency) -> list[str]:
    return [event.act for event in events.events_of(agency)]


def item(agency, code: str = "register"):
    return next((each for each in selectors.eligibility(agency).items if each.code == code), None)


def test_a_revoked_licence_is_noticed_told_and_handed_on_once():
    agency, manager = an_agency(), accounts.person("scheme", "scheme_manager")
    list_of_nepal((NUMBER, "Kalimaru Overseas", "operating"), days_ago=1)
    outbox.run_all()
    assert "licence_register_changed" not in acts(agency)
    list_of_nepal(("१२३४/०६४/०६५", "Kalimaru Overseas", "कालोसूची"))
    outbox.run_all()

    licence = agency.licences.get()
    assert (licence.register_says, licence.lost_why, licence.lost_at) == ("revoked", "revoked", NOON)
    assert lost_jobs() == [(str(licence.pk), "revoked")]
    assert acts(agency).count("licence_register_changed") == acts(agency).count("licence_lost") == 1
    told = Notice.objects.filter(template="agencies/licence_register_changed")
    assert {notice.user for notice in told} == {agencies.signatory(agency), manager}

    again = OutboxRow.objects.filter(job="agencies.licence_register_changed").last()
    services.licence_register_changed(entry_id=again.kwargs["entry_id"])
    assert acts(agency).count("licence_lost") == 1
    assert len(lost_jobs()) == 1


def test_a_suspension_that_ends_is_told_and_the_licence_is_back():
    agency = an_agency()
    list_of_nepal((NUMBER, "Kalimaru Overseas", "online access blocked"), days_ago=1)
    outbox.run_all()
    assert agency.licences.get().lost_why == "suspended"
    list_of_nepal((NUMBER, "Kalimaru Overseas", "operating"))
    outbox.run_all()
    licence = agency.licences.get()
    assert (licence.register_says, licence.lost_why, licence.lost_at) == ("active", "", None)
    assert acts(agency).count("licence_register_changed") == 2
    assert [why for _pk, why in lost_jobs()] == ["suspended"]


def test_a_licence_gone_from_the_whole_list_is_told_but_not_called_lost():
    agency = an_agency()
    other = ("2/064/065", "Another", "operating")
    list_of_nepal((NUMBER, "Kalimaru Overseas", "operating"), other, days_ago=1)
    list_of_nepal(other)
    outbox.run_all()
    assert agency.licences.get().register_says == "not_found"
    assert lost_jobs() == []
    assert item(agency).state == "warning"
    assert "Not on the register as of 21 November 2026." in item(agency).text


def test_a_loss_is_noticed_though_the_source_went_down_before_the_worker_came():
    agency = an_agency()
    list_of_nepal((NUMBER, "Kalimaru Overseas", "scrapped"), days_ago=1)
    licences.record_failure(code="NP-DOFE", source="DoFE", why="down")
    outbox.run_all()
    assert agency.licences.get().lost_why == "revoked"
    assert item(agency).state == "unknown"  # shown as unknown, with the last word beside it
    assert "said: Revoked" in item(agency).text


def test_other_agencies_and_other_countries_are_left_alone():
    agency, other = an_agency(), agencies.agency("Sagarpani")
    list_of_nepal((NUMBER, "Kalimaru Overseas", "scrapped"))
    outbox.run_all()
    assert agency.licences.get().lost_why == "revoked"
    assert other.licences.get().register_says == ""


def test_adding_a_licence_that_the_register_took_away_is_allowed_and_noticed():
    list_of_nepal((NUMBER, "Kalimaru Overseas", "cancelled"))
    agency = agencies.agency("Kalimaru Overseas")
    made = agencies.licence(agency, number=NUMBER)
    assert (made.lost_why, made.register_says) == ("revoked", "revoked")
    assert "licence_lost" in acts(agency)


def test_eligibility_says_what_the_register_says():
    agency = an_agency()
    assert item(agency).state == "unknown"
    assert "no list of" in item(agency).text
    list_of_nepal((NUMBER, "Kalimaru Overseas", "सञ्चालनमा"), days_ago=1)
    assert (item(agency).state, item(agency).text) == (
        "ok",
        "Licensed (“सञ्चालनमा”, Nepali) as of 20 November 2026.",
    )
    list_of_nepal((NUMBER, "Kalimaru Overseas", "निलम्बन"))
    found = selectors.eligibility(agency)
    assert item(agency).state == "missing"
    assert not found.ready
    assert "Ask the authority, or add the licence that holds now." in item(agency).text


def test_one_good_licence_at_home_carries_the_agency():
    agency = an_agency()
    agencies.licence(agency, number="77/070/071")
    list_of_nepal((NUMBER, "Kalimaru Overseas", "scrapped"), ("77/070/071", "Kalimaru Overseas", "operating"))
    states = {each.state for each in selectors.eligibility(agency).items if each.code == "register"}
    assert states == {"warning", "ok"}
    assert selectors.eligibility(agency).ready


def test_a_country_without_a_register_adds_nothing_to_eligibility():
    assert item(agencies.agency(country="VN")) is None


def test_a_number_of_another_shape_warns_and_is_kept():
    agency = agencies.agency(country="IN")
    made = agencies.licence(agency, number="L-77")
    view = next(view for view in selectors.licence_views(agency) if view.licence.pk == made.pk)
    assert view.warnings == [
        "This does not look like a licence number of India, such as B-1794/PUN/PER/100/5/10094/2022. Check it. You "
        "can go on."
    ]
    answers = SubAgentAnswers(name="A village agent", country="IN", city="Jaipur")
    services.add_sub_agent(agency_id=agency.pk, actor=agencies.signatory(agency), answers=answers)
    view = next(view for view in selectors.licence_views(agency) if view.licence.pk == made.pk)
    assert "The law of this country lets no agency work through sub-agents" in str(view.warnings[-1])


def test_changing_number_or_end_starts_afresh():
    agency = an_agency()
    list_of_nepal((NUMBER, "Kalimaru Overseas", "scrapped"))
    outbox.run_all()
    services.change_licence(
        agency_id=agency.pk,
        licence_id=agency.licences.get().pk,
        actor=agencies.signatory(agency),
        answers=agencies.licence_answers(number="77/070/071"),
    )
    licence = agency.licences.get()
    assert (licence.register_says, licence.register_told_at, licence.lost_why, licence.lost_at) == (
        "",
        None,
        "",
        None,
    )


# -- reminders and ends ------------------------------------------------------------------------------------


def test_an_ended_licence_that_nothing_follows_is_lost_once():
    agency = an_agency()
    licence = agency.licences.get()
    with clocks.freeze(NOON + timedelta(days=365)):  # its last day
        services.tell_of_ending_licences()
        assert agency.licences.get().lost_why == ""
    with clocks.freeze(NOON + timedelta(days=366)):
        assert services.tell_of_ending_licences() == 1
        assert services.tell_of_ending_licences() == 0
        assert agency.licences.get().lost_why == "expired"
    assert lost_jobs() == [(str(licence.pk), "expired")]


@pytest.mark.parametrize(("country", "follows"), [("NP", True), ("QA", False)])
def test_an_ended_licence_is_not_lost_when_one_of_the_same_country_follows(country, follows):
    agency = an_agency()
    agencies.licence(agency, days=800, country=country, number="77/070/071")
    with clocks.freeze(NOON + timedelta(days=366)):
        services.tell_of_ending_licences()
    ended = agency.licences.get(number=NUMBER)
    assert ended.ended_told_at is not None
    assert (ended.lost_why == "") is follows
    assert (lost_jobs() == []) is follows


def test_a_follower_that_the_register_took_away_does_not_carry():
    agency = an_agency()
    agencies.licence(agency, days=800, number="77/070/071")
    list_of_nepal(("77/070/071", "Kalimaru Overseas", "scrapped"))
    outbox.run_all()
    with clocks.freeze(NOON + timedelta(days=366)):
        services.tell_of_ending_licences()
    assert agency.licences.get(number=NUMBER).lost_why == "expired"


def test_reminders_come_on_the_days_of_the_scheme_numbers():
    agency = an_agency()
    told = []
    for left in (61, 60, 45, 30, 8, 7, 0):
        with clocks.freeze(NOON + timedelta(days=365 - left)):
            told.append((left, services.tell_of_ending_licences()))
    assert told == [(61, 0), (60, 1), (45, 0), (30, 1), (8, 0), (7, 1), (0, 0)]
    assert selectors.reminder_days() == (60, 30, 7)
    assert acts(agency).count("licence_ending") == 3


def test_a_loss_without_a_day_is_refused_by_the_database():
    agency = an_agency()
    with pytest.raises(IntegrityError, match="licence_lost_has_day"), transaction.atomic():
        Licence.objects.filter(agency=agency).update(lost_why="revoked")
    with pytest.raises(IntegrityError, match="licence_register_word_has_day"), transaction.atomic():
        Licence.objects.filter(agency=agency).update(register_says="revoked")
