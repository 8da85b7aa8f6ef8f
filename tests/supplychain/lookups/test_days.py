"""How an agency stood on a day that is past, and days nobody can answer for."""

from datetime import date, datetime, timedelta

import pytest

from certification.agencies.models import Agency
from certification.certificates.selectors import standings_then
from certification.certificates.states import Standing
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput
from supplychain.lookups import selectors, services
from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def suspended_today(frozen_clock: datetime) -> Agency:
    """Certified 60 days ago, suspended today."""
    with clocks.freeze(frozen_clock - timedelta(days=60)):
        agency = agencies.agency("Kalimaru Overseas Services Pvt. Ltd.")
        made = certificates.certificate(agency=agency)
    certificates.suspend(made)
    return agency


def test_the_standing_then_and_the_standing_now(suspended_today: Agency, buyer: User) -> None:
    today = clocks.today()
    asked = {day: standings_then([suspended_today], today - timedelta(days=day)) for day in (0, 1, 60, 61)}
    said = {day: rows[suspended_today.pk].standing for day, rows in asked.items()}
    assert said == {
        0: Standing.SUSPENDED, 1: Standing.CERTIFIED, 60: Standing.CERTIFIED, 61: Standing.ENROLLED,
    }  # fmt: skip
    now = services.look_up(actor=buyer, text="Kalimaru Overseas Services")
    then = services.look_up(actor=buyer, text="Kalimaru Overseas Services", on=today - timedelta(days=1))
    shown = selectors.present(selectors.snapshot_of(then))
    assert (now.verdict, then.verdict, then.asked_for) == (
        "not_valid",
        "certified",
        today - timedelta(days=1),
    )
    assert "on that day" in shown["title"]
    assert shown["answer"]["certificate"]["public_note"] == ""


def test_many_agencies_of_a_past_day_are_a_bounded_number_of_queries(
    suspended_today: Agency, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    others = [agencies.agency() for _n in range(3)]
    with django_assert_max_num_queries(13):
        found = selectors.facts_for(
            [one.pk for one in (suspended_today, *others)], on=clocks.today() - timedelta(days=1)
        )
    assert len(found) == 4
    assert found[suspended_today.pk].valid


@pytest.mark.parametrize(
    ("day", "words"), [(date(2027, 1, 1), "still to come"), (date(1999, 1, 1), "begins on")]
)
def test_a_day_nobody_can_answer_for_gets_its_sentence(buyer: User, day: date, words: str) -> None:
    agencies.agency("Kalimaru Overseas")
    with pytest.raises(BadInput) as refused:
        services.look_up(actor=buyer, text="Kalimaru Overseas", on=day)
    assert words in refused.value.fields["on"][0]
