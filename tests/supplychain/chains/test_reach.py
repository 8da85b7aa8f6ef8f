"""The kernel and the recursive query agree, and the arrays follow every change."""

import random
from datetime import date, timedelta

import pytest

from iris.core import clocks
from supplychain.chains import selectors, services
from supplychain.chains.graph import kernel
from supplychain.chains.models import Link, Party
from supplychain.chains.selectors import arrays, reach
from supplychain.chains.services.changing import changing
from tests.factories import chains

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_kernel_and_database_meet_the_same_parties_at_the_same_depths() -> None:
    buyer = chains.buyer()
    rng = random.Random(41)
    for n in (9, 30):
        rows = [Party(organisation=buyer.organisation, kind="site", name=f"{n} {k}") for k in range(n)]
        Party.objects.bulk_create(rows)
        pairs = {(rng.randrange(n), rng.randrange(n)) for _turn in range(3 * n)}
        links = [
            Link(
                organisation=buyer.organisation,
                upper=rows[a],
                lower=rows[b],
                since=DAY - timedelta(days=rng.randrange(-3, 9)),
                until=rng.choice([None, DAY + timedelta(days=rng.randrange(0, 9))]),
            )
            for a, b in sorted(pairs)
            if a != b
        ]
        for link in links:  # one that has ended before it began has ended then
            link.until = max(link.until, link.since) if link.until else None
        Link.objects.bulk_create(links)
        with changing(buyer.organisation):
            pass
        for day in (DAY, DAY + timedelta(days=4)):
            for root in rows[:4]:
                asked = (buyer.organisation.pk, [root.pk], day)
                assert reach.by_kernel(*asked) == reach.by_database(*asked)


def test_arrays_are_kept_until_the_chain_changes(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    buyer = chains.buyer()
    one, two = chains.party(buyer), chains.party(buyer)
    held = arrays.arrays_of(buyer.organisation.pk)
    with django_assert_num_queries(1):
        assert arrays.arrays_of(buyer.organisation.pk) is held
    chains.link(buyer, one, two)
    assert arrays.arrays_of(buyer.organisation.pk) is not held
    assert reach.by_kernel(buyer.organisation.pk, [one.pk], DAY) == {one.pk: 0, two.pk: 1}


def test_the_chain_as_it_was_and_as_it_was_known() -> None:
    buyer = chains.buyer()
    early = clocks.now() - timedelta(days=60)
    with clocks.freeze(early):
        site, recruiter = chains.party(buyer, "site", "Plant"), chains.party(buyer, name="Old Name")
        link = chains.link(buyer, site, recruiter, early.date() - timedelta(days=100))
    with clocks.freeze(early + timedelta(days=30)):
        services.change_party(party_id=recruiter.pk, actor=buyer, changes={"name": "New Name"})
        services.end_link(line=link.line, actor=buyer, on=early.date() - timedelta(days=50))
    day = early.date() - timedelta(days=10)
    now = selectors.chain_at(buyer, day)
    assert (now.parties, now.links) == ([], [])  # we now know that it had ended by then
    then = selectors.chain_at(buyer, day, known_at=early + timedelta(days=1))
    assert [(party.name, party.level) for party in then.parties] == [("Plant", 0), ("Old Name", 1)]
    assert [one.until for one in then.links] == [None]


def test_warming_readies_every_loop_and_survives_a_machine_that_cannot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready: list[str] = []

    def refuse(name: str) -> None:
        ready.append(name)
        if name == "measure":
            raise OSError("no room to keep it")

    reach._warm()
    assert set(kernel.machine._entries) == set(kernel.ENTRIES)
    monkeypatch.setattr(kernel.machine, "ready", refuse)
    reach._warm()
    assert ready == ["sort_edges", "walk", "measure"]
