"""The pages of coverage: figures as they were, filters in the address, the file, and whose they are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iris.accounts.models import Organisation, User
from iris.core import clocks
from supplychain.chains.models import Party
from supplychain.coverage import selectors
from supplychain.coverage.states import Part
from supplychain.risk.selectors import score, weights_of
from tests import stock
from tests.conftest import NOON, _empty_as_owner
from tests.factories import agencies, certificates, chains

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, Any]]:
    """One employer's chain, built once: 30 workers through a certified agency on its own corridor, 20 through
    somebody nobody knows, one link that tells no number. What a test does on top of it is rolled back."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clocks.freeze(NOON):
        patch.setattr("iris.core.outbox.wake", lambda row_id, queue: None)
        patch.setattr("django.conf.settings.IRIS_FILES_ROOT", tmp_path_factory.mktemp("world"))
        agency = agencies.agency("Sagar Overseas", corridors=[("NP", "MY")])
        certificates.certificate("active", agency=agency)
        buyer, other = chains.buyer(), chains.buyer()
        site = chains.party(buyer, "site", "Plant One", "MY")
        good = chains.party(buyer, "recruiter_origin", "Sagar", "NP", agency=agency)
        unknown = chains.party(buyer, "recruiter_origin", "=Red Kite", "NP")
        since = clocks.today() - timedelta(days=200)
        chains.link(buyer, site, good, since, workers=30)
        chains.link(buyer, site, unknown, since, workers=20)
        chains.link(buyer, site, chains.party(buyer, "recruiter_origin", "Silent Hands", "NP"), since)
        with stock.world():
            yield {"buyer": buyer.pk, "other": other.pk, "good": good.pk, "unknown": unknown.pk}
        _empty_as_owner()


@pytest.fixture
def buyer(world: dict[str, Any], db: None) -> User:
    return User.objects.get(pk=world["buyer"])


@pytest.fixture
def good(world: dict[str, Any], db: None) -> Party:
    return Party.objects.select_related("agency").get(pk=world["good"])


def _asked(on: date | None = None, tier: int = 1) -> selectors.Asked:
    return selectors.Asked(on or clocks.today(), tier)


def _organisation(buyer: User) -> Organisation:
    assert buyer.organisation is not None
    return buyer.organisation


def test_coverage_by_hand(buyer: User) -> None:
    """30 of 50: 60 per cent; the unknown 20 are 40 per cent; a link without a number stands beside it."""
    found = selectors.coverage_of(_organisation(buyer), _asked())
    assert (found.share.percent, found.share.whole, found.share.untold) == ("60.0", 50, 1)
    assert found.share.percent_of(Part.UNKNOWN) == "40.0"
    assert [(gap.recruiter.name, gap.workers, gap.untold) for gap in found.gaps] == [
        ("=Red Kite", 20, 0),
        ("Silent Hands", 0, 1),
    ]
    assert len(found.trend) == 13
    assert [share.whole for _day, share in found.trend][-1] == 50
    assert found.trend[0][1].whole == 0  # before the links began


def test_a_suspension_counts_from_its_day_and_not_before(buyer: User, good: Party) -> None:
    assert good.agency is not None
    later = datetime.combine(clocks.today() + timedelta(days=40), datetime.min.time(), tzinfo=UTC)
    with clocks.freeze(later):
        certificates.suspend(good.agency.certificates.get())
        now = selectors.coverage_of(_organisation(buyer), _asked(later.date()))
        before = selectors.coverage_of(_organisation(buyer), _asked(later.date() - timedelta(days=20)))
    assert (now.share.percent, now.share.parts[Part.STOPPED]) == ("0.0", 30)
    assert (before.share.percent, before.share.parts[Part.STOPPED]) == ("60.0", 0)


def test_certificates_that_end_within_ninety_days_are_told(buyer: User, good: Party) -> None:
    assert good.agency is not None
    ends = good.agency.certificates.get().expires_on
    with clocks.freeze(datetime.combine(ends - timedelta(days=90), datetime.min.time(), tzinfo=UTC)):
        [row] = selectors.coverage_of(_organisation(buyer), _asked()).expiring
    assert (row.certificate.agency, row.workers, row.in_chain, row.watched) == (good.agency, 30, True, False)
    with clocks.freeze(datetime.combine(ends - timedelta(days=91), datetime.min.time(), tzinfo=UTC)):
        assert selectors.coverage_of(_organisation(buyer), _asked()).expiring == []


def test_the_page_its_filters_and_the_file(buyer: User, client: Client) -> None:
    client.force_login(buyer)
    page = client.get("/coverage/").content.decode()
    assert "60.0 %" in page
    assert "tells no number of workers" in page
    nothing = client.get("/coverage/?on=2001-05-03").content.decode()
    assert "No hiring on this day" in nothing
    for odd in (
        "?on=soon",
        "?on=0001-01-01",
        "?tier=x",
        "?tier=9",
        "?corridor=XX-YY",
        "?corridor=NP-NP&on=2999-01-01",
    ):
        assert client.get(f"/coverage/{odd}").status_code == 200
    answer = client.get("/coverage/coverage.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    today = clocks.today().isoformat()
    assert f"coverage,tier 1,{today},certified,30,50,60.0,1" in lines
    assert f"coverage,tier 1,{today},unknown,20,50,40.0,1" in lines
    assert len([line for line in lines if line.startswith("trend,")]) == 13 * len(Part)


def test_recruiters_by_points_and_one_explained(
    world: dict[str, Any], buyer: User, good: Party, client: Client
) -> None:
    unknown = world["unknown"]
    client.force_login(buyer)
    page = client.get("/coverage/recruiters/").content.decode()
    assert page.index("Red Kite") < page.index("Sagar")
    one = client.get(f"/coverage/recruiters/{unknown}/").content.decode()
    assert "Unknown counts as risk" in one
    assert "What would change it" in one
    assert client.get(f"/coverage/recruiters/{good.pk}/").status_code == 200
    idle = chains.party(buyer, "recruiter_origin", "Idle Hands", "NP")
    assert "Not in use today" in client.get(f"/coverage/recruiters/{idle.pk}/").content.decode()
    assert client.get(f"/coverage/recruiters/{idle.organisation_id}/").status_code == 404
    facts = {row.name: row.facts for row in selectors.parties_for(_organisation(buyer))}
    assert (facts["Sagar"].standing, facts["Sagar"].scope, facts["=Red Kite"].standing) == (
        "certified",
        "inside",
        "",
    )
    weights = weights_of(_organisation(buyer))
    assert score(facts["Sagar"], weights).points < score(facts["=Red Kite"], weights).points


def test_of_a_name_kept_by_a_supplier_only_the_standing_counts(buyer: User, good: Party) -> None:
    agency = good.agency
    Party.objects.filter(pk=good.pk).update(
        confidential=True,
        hidden_agency=agency,
        agency=None,
        sealed=b"x",
        commitment="c",
        name="Kept by the supplier",
    )
    facts = {row.name: row.facts for row in selectors.parties_for(_organisation(buyer))}[
        "Kept by the supplier"
    ]
    assert (facts.standing, facts.licences, facts.critical, facts.corridor) == ("certified", (), None, None)


def test_another_employer_sees_nothing_of_it(world: dict[str, Any], good: Party, client: Client) -> None:
    client.force_login(User.objects.get(pk=world["other"]))
    assert "Sagar" not in client.get("/coverage/").content.decode()
    assert "Sagar" not in client.get("/coverage/coverage.csv").content.decode()
    assert "Sagar" not in client.get("/coverage/recruiters/").content.decode()
    assert client.get(f"/coverage/recruiters/{good.pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_chain(buyer: User) -> None:
    organisation = _organisation(buyer)

    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            selectors.coverage_of(organisation, _asked())
            selectors.parties_for(organisation)
        return len(seen)

    before = asked()
    site = chains.party(buyer, "site", "Plant Two", "PL")
    for turn in range(12):
        chains.link(buyer, site, chains.party(buyer, "recruiter_origin", f"More {turn}", "NP"), workers=turn)
    assert asked() <= before + 2
    assert before <= 90
