"""The end of a company: said once, by the scheme, with a successor who is another; never in a circle."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from certification.agencies import selectors, services
from certification.agencies.models import Agency, AgencyEnd
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db
WHY = "Extract of the companies register."


@pytest.fixture
def manager() -> User:
    return accounts.person("scheme", "scheme_manager")


def end(agency: Agency, manager: User, **more: Any) -> AgencyEnd:
    told: dict[str, Any] = {"kind": "closed", "ended_on": clocks.today(), "reason": WHY, **more}
    return services.end_agency(agency_id=agency.pk, actor=manager, **told)


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"kind": "sold"}, "kind", "merged or closed"),
        ({"ended_on": None}, "ended_on", "Enter the day"),
        ({"ended_on": "tomorrow"}, "ended_on", "still to come"),
        ({"reason": " "}, "reason", "how you know"),
        ({"reason": "x" * 5_000}, "reason", "at most"),
        ({"kind": "merged"}, "successor", "Choose the agency that took it over"),
        ({"kind": "merged", "successor_id": "itself"}, "successor", "by itself"),
        ({"kind": "merged", "successor_id": "unfinished"}, "successor", "not on the register"),
    ],
)
def test_what_cannot_be_is_refused_with_its_sentence(
    manager: User, told: dict[str, Any], field: str, words: str
) -> None:
    agency = agencies.agency()
    if told.get("ended_on") == "tomorrow":
        told = {**told, "ended_on": clocks.today() + timedelta(days=1)}
    if told.get("successor_id") == "itself":
        told = {**told, "successor_id": agency.pk}
    if told.get("successor_id") == "unfinished":
        told = {**told, "successor_id": agencies.agency(complete=False).pk}
    with pytest.raises(BadInput) as refused:
        end(agency, manager, **told)
    assert words in str(refused.value.fields[field][0])
    assert not AgencyEnd.objects.exists()


def test_only_the_scheme_says_it_and_only_once(manager: User) -> None:
    agency = agencies.agency()
    for person in (agencies.signatory(agency), accounts.person("employer", "sourcing_manager")):
        with pytest.raises(NotPermitted):
            end(agency, person)
    end(agency, manager)
    assert events.events_of(agency)[0].label == "The company is no more"
    with pytest.raises(Conflict, match=f"{manager.full_name} has said so already: Closed"):
        end(agency, manager)


def test_takeovers_form_no_circle(manager: User) -> None:
    first, second, third = (agencies.agency() for _each in range(3))
    end(first, manager, kind="merged", successor_id=second.pk)
    end(second, manager, kind="merged", successor_id=third.pk)
    assert selectors.heirs_of(first.pk) == [second.pk, third.pk]
    with pytest.raises(BadInput) as refused:
        end(third, manager, kind="merged", successor_id=first.pk)
    assert "nor by one that it took over" in str(refused.value.fields["successor"][0])
    assert selectors.heirs_of(third.pk) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE certification_agencies_agencyend SET reason = 'another'",
        "DELETE FROM certification_agencies_agencyend",
    ],
)
def test_what_was_said_stays_in_plain_sql(manager: User, statement: str) -> None:
    end(agencies.agency(), manager)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_pages_of_the_scheme(manager: User, client: Client) -> None:
    agency, heir = agencies.agency("Old Bridge"), agencies.agency("New Bridge")
    client.force_login(manager)
    home, url = (reverse(f"agencies:{name}", args=[agency.pk]) for name in ("agency", "end"))
    assert url in client.get(home).content.decode()
    assert "No agency of the register" in client.get(url, {"q": "Zzyzx Zzyzx"}).content.decode()
    page = client.get(url, {"q": "New Bridge"})
    assert "New Bridge (Nepal)" in page.content.decode()
    told = {"kind": "merged", "successor": str(heir.pk), "ended_on": "2026-11-18", "reason": WHY}
    assert client.post(url, {**told, "ended_on": "2027-01-01"}).status_code == 422
    assert client.post(f"{url}?q=New+Bridge", told).status_code == 302
    after = client.get(home).content.decode()
    assert "Merged on 18 November 2026 into" in after
    assert url not in after
    assert (
        "Took over, on 18 November 2026:"
        in client.get(reverse("agencies:agency", args=[heir.pk])).content.decode()
    )
    client.force_login(agencies.signatory(heir))
    assert client.get(reverse("agencies:end", args=[heir.pk])).status_code == 404
