"""The chain of the first employer in full: every kind of party and finding, a supplier's part, a name that is kept."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.scheme import World
from supplychain.chains import services
from supplychain.chains.models import Link, Party
from supplychain.chains.selectors.register import Judged, judge
from supplychain.chains.services import Line, Terms
from supplychain.chains.states import PartyKind as Kind


def build(world: World, now: datetime) -> None:
    """Deepen the first employer's chain."""
    user = world.employers[0][0]
    pool = list(world.agencies.values())
    judged = judge([agency.pk for agency in pool], now.date())
    with clocks.freeze(now - timedelta(days=75)):
        _Chain(user, pool, judged, now.date() - timedelta(days=260)).build()
    _supplier_part(user, pool, judged, now)


class _Chain:
    def __init__(self, user: User, pool: list[Agency], judged: dict[UUID, Judged], since: date) -> None:
        self.user, self.pool, self.judged, self.since = user, pool, judged, since
        own = Party.objects.filter(organisation=user.organisation, gone_at=None)
        self.sites = list(own.filter(kind=Kind.SITE).order_by("name"))

    def party(
        self, kind: Kind, name: str, country: str, agency: Agency | None = None, **about: object
    ) -> Party:
        return services.add_party(
            actor=self.user, kind=kind, name=name, country=country, agency=agency, **about
        )

    def link(
        self, upper: Party, lower: Party, workers: int | None = None, terms: Terms | None = None
    ) -> Link:
        return services.add_link(
            actor=self.user,
            upper=upper,
            lower=lower,
            since=self.since,
            workers=workers,
            terms=terms or Terms(workers=workers),
        )

    def agency(self, wanted: str, country: str = "") -> Agency | None:
        """An agency of the demonstration that stands so."""
        fits: dict[str, Callable[[Judged], bool]] = {
            "certified": lambda one: one.valid and one.licensed,
            "suspended": lambda one: one.standing == "suspended",
            "withdrawn": lambda one: one.standing == "withdrawn",
            "unlicensed": lambda one: not one.licensed,
        }
        fit = fits[wanted]
        found = [row for row in self.pool if fit(self.judged[row.pk])]
        return next((row for row in found if row.country == country), found[0] if found else None)

    def recruiter(self, upper: Party, wanted: str, workers: int, **about: object) -> Party | None:
        """A recruiter in origin that stands so, below `upper`."""
        agency = self.agency(wanted)
        if agency is None:
            return None
        made = self.party(Kind.RECRUITER_ORIGIN, agency.legal_name, agency.country, agency, **about)
        self.link(upper, made, workers, Terms(workers=workers, fee_terms="employer_pays"))
        return made

    def build(self) -> None:
        """Every kind of party, and everything that can be found."""
        doha, penang = self.sites[0], self.sites[1]
        crew = self.party(Kind.EMPLOYER, "Doha Crew Services", "QA", number="CR 118204")
        self.link(doha, crew, 240, Terms(workers=240, contract_reference="BM-2025-031"))
        desk = self.party(Kind.RECRUITER_DESTINATION, "Pearl Quay Manpower", "QA", number="QA 4471")
        self.link(crew, desk, 180, Terms(workers=180, fee_terms="part", fee="450", fee_currency="QAR"))
        gone = self.recruiter(
            desk, "withdrawn", 60, address="12 Riverside Lane, Kathmandu", owner="R. Thapa-Holm"
        )
        good = self.recruiter(desk, "certified", 90)
        self.recruiter(crew, "suspended", 30)
        self.recruiter(penang, "unlicensed", 25)
        shared = self.party(Kind.SUB_AGENT, "Sunrise Village Desk", "NP")
        for upper in (gone, good):
            if upper is not None:
                self.link(upper, shared, 20)
        near = self.party(
            Kind.RECRUITER_ORIGIN, "Riverside Lane Careers", "NP", address="12 riverside lane kathmandu"
        )
        self.link(
            penang, near, 15, Terms(workers=15, fee_terms="workers_pay", fee="120,000", fee_currency="NPR")
        )
        self._long_way(desk)
        self._circle(penang)
        self._gaps(doha, penang)

    def _long_way(self, desk: Party) -> None:
        """Four intermediaries one after another, down to the workers."""
        names = (
            (Kind.RECRUITER_ORIGIN, "Two Rivers Overseas"),
            (Kind.SUB_AGENT, "District Agent of Dhanusha"),
        )
        upper = desk
        for kind, name in names:
            lower = self.party(kind, name, "NP")
            self.link(upper, lower, 40)
            upper = lower
        nobody = self.party(Kind.SUB_AGENT, "", "NP")
        self.link(upper, nobody, 40)
        workers = self.party(
            Kind.COHORT,
            "Doha night shift, spring intake",
            "QA",
            workers=38,
            origin="NP",
            destination="QA",
            sector="electronics",
            arrived_on=self.since + timedelta(days=60),
        )
        self.link(nobody, workers, 38)

    def _circle(self, penang: Party) -> None:
        ring = [
            self.party(Kind.RECRUITER_DESTINATION, name, "MY")
            for name in ("Straits Labour Hub", "Kinta Outsourcing", "Georgetown Hands")
        ]
        self.link(penang, ring[0], 55)
        for upper, lower in zip(ring, [*ring[1:], ring[0]], strict=True):
            self.link(upper, lower, 30)

    def _gaps(self, doha: Party, penang: Party) -> None:
        """Workers whose recruiter nobody has told, and an employer below whom nothing is known."""
        line = self.party(
            Kind.COHORT,
            "Penang line 4",
            "MY",
            workers=64,
            origin="BD",
            destination="MY",
            sector="electronics",
        )
        self.link(penang, line, 64)
        self.link(doha, self.party(Kind.EMPLOYER, "Corniche Cleaning", "QA"), 12)


def _supplier_part(user: User, pool: list[Agency], judged: dict[UUID, Judged], now: datetime) -> None:
    """One supplier whose part was taken in, with a name it keeps; another whose part waits to be looked through."""
    own = Party.objects.filter(organisation=user.organisation, gone_at=None)
    crew, hub = own.get(name="Doha Crew Services"), own.get(name="Kinta Outsourcing")
    certified = next((row for row in pool if judged[row.pk].valid and row.country != "NP"), pool[0])
    with clocks.freeze(now - timedelta(days=20)):
        asked = services.invite_supplier(
            actor=user,
            party_id=crew.pk,
            email="office@dohacrew.example",
            contact="Samira Haddad",
            message="Please name everyone through whom the crew of 2026 came.",
        )
        waiting = services.invite_supplier(
            actor=user, party_id=hub.pk, email="hr@kinta.example", contact="Lim Wei"
        )
    with clocks.freeze(now - timedelta(days=17)):
        token = services.token_of(asked)
        kept = services.add_entry(
            token=token,
            line=Line(
                Kind.RECRUITER_ORIGIN,
                certified.legal_name,
                certified.country,
                workers=45,
                fee_terms="employer_pays",
                confidential=True,
            ),
        )
        services.add_entry(
            token=token,
            line=Line(Kind.SUB_AGENT, "Market Street Agent", certified.country, workers=18, above=kept.pk),
        )
        services.send_part(token=token)
    with clocks.freeze(now - timedelta(days=15)):
        services.accept_entries(invitation_id=asked.pk, actor=user)
    with clocks.freeze(now - timedelta(days=2)):
        token = services.token_of(waiting)
        services.add_entry(
            token=token, line=Line(Kind.RECRUITER_ORIGIN, "Padma Gate Overseas", "BD", workers=22)
        )
        services.add_entry(
            token=token,
            line=Line(Kind.RECRUITER_ORIGIN, "Chittagong Link", "BD", workers=9, fee_terms="workers_pay"),
        )
        services.send_part(token=token)
    site = own.filter(kind=Kind.SITE).order_by("name").first()
    link = Link.objects.filter(upper=site, lower=crew, replaced_at=None).first()
    if link is not None:
        with clocks.freeze(now - timedelta(days=12)):
            services.verify_link(
                line=link.line, actor=user, how="Contract and site visit of the sourcing team"
            )
