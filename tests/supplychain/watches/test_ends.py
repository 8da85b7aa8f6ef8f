"""A company that is no more: whoever watches it is told so, and the watch goes on with who took it over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from certification.agencies import services as agency_services
from certification.agencies.models import Agency
from certification.certificates.models import Certificate
from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.notify.models import Notice
from supplychain.watches import services
from supplychain.watches.models import Watch
from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def heir(certificate: Certificate) -> Agency:
    return agencies.agency("Sagarmatha Recruitment Ltd")


def end(agency: Agency, kind: str, **more: Any) -> None:
    agency_services.end_agency(
        agency_id=agency.pk,
        actor=accounts.person("scheme", "scheme_manager"),
        kind=kind,
        ended_on=clocks.today() - timedelta(days=3),
        reason="Extract of the companies register of 20 November 2026.",
        **more,
    )
    outbox.run_all()


def notices(person: User) -> list[Notice]:
    return list(Notice.objects.filter(user=person, template="watches/changed").order_by("created_at"))


def test_a_merger_is_told_and_the_successor_is_watched_from_then_on(
    watch: Watch, buyer: User, certificate: Certificate, heir: Agency
) -> None:
    end(certificate.agency, "merged", successor_id=heir.pk)
    told = {
        change.agency_id: (change.kind, change.entry_id) for change in watch.changes.select_related("entry")
    }
    assert {key: kind for key, (kind, _entry) in told.items()} == {
        certificate.agency_id: "ended",
        heir.pk: "joined",
    }
    assert len({entry for _kind, entry in told.values()}) == 1, "one run, one notice"
    [notice] = notices(buyer)
    assert "Merged into Sagarmatha Recruitment Ltd on 18 November 2026" in notice.body
    assert "Its certificate does not go over to Sagarmatha Recruitment Ltd." in notice.body
    assert [one.to for one in mail.outbox if one.subject == notice.subject] == [[buyer.email]]
    given = certificates.certificate("active", agency=heir)
    outbox.run_all()
    assert watch.changes.filter(agency=heir, kind="standing").exists(), (
        "an act on the successor concerns the watch"
    )
    assert notices(buyer)[-1].subject.startswith("Sagarmatha Recruitment Ltd: ")
    before = watch.changes.count()
    certificates.suspend(given)
    outbox.run_all()
    assert watch.changes.count() == before + 1
    services.check_watch(watch_id=watch.pk, cause="round")
    assert watch.changes.count() == before + 1, "nothing is told twice"


def test_a_closed_company_is_told_in_the_subject_and_followed_by_nobody(
    watch: Watch, buyer: User, certificate: Certificate
) -> None:
    end(certificate.agency, "closed")
    [notice] = notices(buyer)
    assert notice.subject == "Himal Overseas Pvt. Ltd.: Closed on 18 November 2026"
    assert "Ask who answers for workers on their way" in notice.body
    assert set(watch.sights.values_list("agency_id", flat=True)) == {certificate.agency_id}
    services.check_watch(watch_id=watch.pk, cause="round")
    assert watch.entries.order_by("-at", "-created_at")[0].outcome == "unchanged"


def test_two_mergers_in_a_row_are_followed_to_the_last(
    watch: Watch, buyer: User, certificate: Certificate, heir: Agency
) -> None:
    end(certificate.agency, "merged", successor_id=heir.pk)
    last = agencies.agency("Terai Manpower Ltd")
    end(heir, "merged", successor_id=last.pk)
    assert set(watch.sights.values_list("agency_id", flat=True)) == {certificate.agency_id, heir.pk, last.pk}
    assert "Merged into Terai Manpower Ltd on 18 November 2026" in notices(buyer)[-1].body


def test_a_watch_begun_after_the_merger_looks_at_both(
    buyer: User, certificate: Certificate, heir: Agency
) -> None:
    end(certificate.agency, "merged", successor_id=heir.pk)
    made = services.watch(actor=buyer, subject_kind="agency", agency_id=certificate.agency_id)
    assert made.size == 2
    assert notices(buyer) == []


def test_what_was_seen_before_there_were_ends_is_no_change(watch: Watch) -> None:
    """A sight of an agency that goes on has no such fact, so that no watch cries out when this came."""
    [sight] = watch.sights.all()
    assert "end" not in sight.facts
    services.check_watch(watch_id=watch.pk, cause="round")
    assert not watch.changes.exists()
