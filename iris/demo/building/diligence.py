"""What the first employers decided, nominated, wrote down, were asked and put into a dossier."""

from datetime import date, datetime, timedelta

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.demo.building.scheme import World, person
from supplychain.chains.selectors import ChainParty, chain_at
from supplychain.chains.states import RECRUITERS
from supplychain.diligence import services
from supplychain.diligence.services import RequestEntry
from supplychain.diligence.states import Channel, InboxLaw
from supplychain.dossiers import services as dossiers
from supplychain.dossiers.services import DossierEntry
from supplychain.lookups import services as lookups

STEPS = (
    (
        1,
        60,
        "Our recruitment policy forbids fees to workers at every tier. It is part of each supplier contract.",
        300,
    ),
    (2, 45, "The labour chain of both sites is mapped; recruiters are screened each quarter.", 300),
    (5, 400, "We publish a statement each year and answer requests within three weeks.", 360),
)


def build(world: World, now: datetime) -> None:
    """A decision log with an overdue condition, a nomination, three of six steps, two requests, a dossier."""
    first = world.employers[0][0]
    assert first.organisation is not None
    with clocks.freeze(now - timedelta(days=200)):
        second = person("Jonas Feldkamp", first.organisation, "sourcing_manager")
        services.change_inbox(actor=first, is_open=True, law=InboxLaw.OWN, days=21)
        north = world.employers[1][0]
        services.change_inbox(actor=north, is_open=True, law=InboxLaw.NORWAY, days=None)
    recruiters = [one for one in chain_at(first.organisation).parties if one.kind in RECRUITERS]
    _decisions(first, second, recruiters, now)
    _nominations(first, north, recruiters, now)
    for step, days, note, review in STEPS:
        with clocks.freeze(now - timedelta(days=days)):
            services.note_step(
                actor=first,
                step=step,
                note=note,
                owner="Head of responsible sourcing",
                review_on=clocks.today() + timedelta(days=review),
            )
    _requests(first, now)
    _dossier(first, second, now)


def _decisions(first: User, second: User, recruiters: list[ChainParty], now: datetime) -> None:
    good = [one for one in recruiters if one.agency_id and one.standing and one.standing.valid]
    bad = [one for one in recruiters if one.agency_id and not (one.standing and one.standing.valid)]
    unknown = [one for one in recruiters if not one.agency_id]
    if good:
        with clocks.freeze(now - timedelta(days=70)):
            agency = Agency.objects.filter(pk__in=[good[0].agency_id]).get()
            receipt = lookups.look_up(actor=first, text=agency.legal_name, country=agency.country)
            found = receipt.number if receipt.agency_id == agency.pk else ""
            services.decide(
                actor=first,
                agency_id=agency.pk,
                outcome="proceed",
                reason="Certified for the corridor we use; nothing found in our chain.",
                receipt_number=found,
            )
    if bad:
        with clocks.freeze(now - timedelta(days=60)):
            due = clocks.today() + timedelta(days=40)
            row = services.decide(
                actor=first,
                agency_id=bad[0].agency_id,
                outcome="conditions",
                reason="It applies for certification. Workers of the last intake paid part of their medical tests.",
                conditions=[
                    ("Repay the medical tests of the spring intake, with bank proof", due, "Compliance desk"),
                    ("Send the contract with its sub-agent", due + timedelta(days=90), "Site manager Doha"),
                ],
            )
            services.approve_decision(decision_id=row.pk, actor=second)
    for one in bad[1:2]:
        with clocks.freeze(now - timedelta(days=25)):
            services.decide(
                actor=first,
                agency_id=one.agency_id,
                outcome="stop",
                reason="No certificate that may be relied on, and no answer to three letters.",
            )
    for one in unknown[:1]:
        with clocks.freeze(now - timedelta(days=4)):
            services.decide(
                actor=second,
                name=one.name,
                country=one.country,
                outcome="proceed",
                reason="Introduced by the site; references of two buyers were checked.",
                source="A finding of the supply chain: not on the register",
            )


def _nominations(first: User, north: User, recruiters: list[ChainParty], now: datetime) -> None:
    unknown = [one for one in recruiters if not one.agency_id]
    for one in unknown[:1]:
        with clocks.freeze(now - timedelta(days=12)):
            services.nominate(
                actor=first,
                name=one.name,
                country="PH",
                email="office@recruiter.example",
                why="It brings workers to our site in Doha.",
                source="chain",
            )
        with clocks.freeze(now - timedelta(days=9)):
            services.nominate(actor=north, name=one.name, country="PH", source="screening")


def _requests(first: User, now: datetime) -> None:
    organisation = first.organisation
    assert organisation is not None
    with clocks.freeze(now - timedelta(days=80)):
        row = services.ask(
            organisation=organisation,
            entry=RequestEntry(
                "Which recruiters bring workers to your works in Penang, and what did the workers pay?",
                asker="Maren Solvik",
                contact="maren.solvik@reader.example",
            ),
        )
    with clocks.freeze(now - timedelta(days=79)):
        services.acknowledge(request_id=row.pk, actor=first)
    with clocks.freeze(now - timedelta(days=63)):
        services.answer(
            request_id=row.pk,
            actor=first,
            text="Three recruiters, listed on our website. One intake paid for medical tests; it is being repaid.",
        )
    with clocks.freeze(now - timedelta(days=16)):
        services.record_request(
            actor=first,
            entry=RequestEntry(
                "How do you make sure that nobody's passport is kept at the depot in Doha?",
                asker="Fair Roads Trust",
                channel=Channel.LETTER,
            ),
        )


def _dossier(first: User, second: User, now: datetime) -> None:
    with clocks.freeze(now - timedelta(hours=20)):
        year = clocks.today().year
        row = dossiers.draft_dossier(
            actor=first,
            entry=DossierEntry(
                law="lksg",
                title=f"Documentation {year}",
                period_from=date(year, 1, 1),
                period_to=date(year, 12, 31),
                approved_by="Management board",
            ),
        )
        for ask, text in (
            (
                "management",
                "The head of responsible sourcing watches over it and reports to the board each quarter.",
            ),
            (
                "analysis",
                "Both sites were mapped to the recruiters in the countries of origin; lists are screened.",
            ),
            (
                "complaints",
                "Anybody can write through our public page; workers reach the scheme's own channel.",
            ),
        ):
            dossiers.save_words(dossier_id=row.pk, actor=first, ask=ask, text=text)
        dossiers.make_dossier(dossier_id=row.pk, actor=first, profiles=["full", "public"])
        dossiers.make(dossier_id=row.pk, person_id=first.pk)
        outbox.forget(dossiers.MAKE_JOB, lambda kwargs: kwargs.get("dossier_id") == str(row.pk))
