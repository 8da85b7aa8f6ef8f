"""What the public may know, and nothing else: no finding, no answer, no condition, no inner reason.

Listed are agencies that hold or held a certificate, whatever became of it, and agencies whose application the scheme
accepted and has not decided yet (as applicants, not certified). An agency that only enrolled, was rejected before an
audit, or was refused is not listed: the register neither praises nor shames for a question still open or closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency, AgencyName, Officer
from certification.agencies.selectors import Ending, LicenceView
from certification.agencies.states import NameKind
from certification.applications.models import Application
from certification.certificates import selectors as certificates
from certification.certificates.models import Certificate, CertificateChange
from certification.certificates.selectors import StandingFacts
from certification.certificates.states import Standing
from iris import matching
from iris.core import clocks
from iris.core.days import in_words

SHORTEST = 2


@dataclass(frozen=True)
class Row:
    """One agency as the list shows it."""

    agency: Agency
    standing: StandingFacts
    local: AgencyName | None = None
    ending: Ending | None = None

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that speaks for it."""
        return self.standing.certificate


@dataclass(frozen=True)
class Answer:
    """The plain answer to "is it certified?", with tone and icon."""

    title: str
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Entry:
    """One agency's page."""

    agency: Agency
    standing: StandingFacts
    answer: Answer
    names: list[AgencyName]
    licences: list[LicenceView]
    history: list[Certificate] = field(default_factory=list)
    ending: Ending | None = None

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that speaks for it."""
        return self.standing.certificate


def listed() -> QuerySet[Agency]:
    """Agencies that stand on the register."""
    return certificates.agencies_on_register()


def found(
    *,
    q: str = "",
    status: str = "",
    country: str = "",
    origin: str = "",
    destination: str = "",
    sector: str = "",
) -> QuerySet[Agency]:
    """Agencies of the register that fit. Corridor and sector ask what the certificate covers, not what is claimed."""
    rows = listed()
    if status:
        rows = certificates.agencies_with_standing(rows, status)
    if country:
        rows = rows.filter(country=country)
    scope = _scope(origin, destination, sector)
    if scope:
        covering = certificates.latest_certificates().filter(scope)
        rows = rows.filter(pk__in=covering.values("agency_id"))
    text = q.strip()
    if not text:
        return rows.order_by("legal_name", "pk")
    number = certificates.certificate_by_number(text)
    by_name = agencies.found_by(rows, text)
    rows = rows.filter(Q(pk__in=by_name.values("pk")) | Q(pk=number.agency_id if number else None))
    return _nearest_first(rows, text)


def _scope(origin: str, destination: str, sector: str) -> Q:
    wanted = Q()
    if origin or destination:
        corridor = {"origin": origin, "destination": destination}
        given = {f"corridors__{name}": code for name, code in corridor.items() if code}
        wanted &= Q(pk__in=Certificate.objects.filter(**given).values("pk"))
    if sector:
        wanted &= Q(sectors__contains=[sector])
    return wanted


def _nearest_first(rows: QuerySet[Agency], text: str) -> QuerySet[Agency]:
    normal = str(matching.normalise(text) or text)
    best = (
        AgencyName.objects.filter(agency=OuterRef("pk"))
        .annotate(likeness=TrigramWordSimilarity(normal, "normal"))
        .order_by("-likeness")
        .values("likeness")[:1]
    )
    return rows.annotate(likeness=Subquery(best)).order_by(
        F("likeness").desc(nulls_last=True), "legal_name", "pk"
    )


def listed_on(day: date) -> QuerySet[Agency]:
    """Agencies that stood on the register at the end of a day that is past; today's are `listed()`."""
    if day >= clocks.today():
        return listed()
    end = datetime.combine(day + timedelta(days=1), time(0), tzinfo=UTC)
    certified = Exists(Certificate.objects.filter(agency=OuterRef("pk"), issued_at__lt=end))
    running = Q(closed_at=None) | Q(closed_at__gte=end)
    asking = Exists(Application.objects.filter(running, agency=OuterRef("pk"), accepted_at__lt=end))
    return Agency.objects.filter(certified | asking)


def rows_of(found_agencies: Iterable[Agency]) -> list[Row]:
    """The lines of one page of the list; a fixed number of queries."""
    page = list(found_agencies)
    standings = certificates.standings_of(page)
    local = {
        name.agency_id: name
        for name in AgencyName.objects.filter(agency__in=page, kind=NameKind.LOCAL).order_by("-created_at")
    }
    ends = certificates.public_endings_of(agency.pk for agency in page)
    return [Row(agency, standings[agency.pk], local.get(agency.pk), ends.get(agency.pk)) for agency in page]


def counts() -> dict[Standing, int]:
    """How many agencies stand how. Two queries."""
    held = certificates.counts_by_standing(certificates.latest_certificates())
    asking = certificates.agencies_with_standing(listed(), Standing.APPLICANT).count()
    return {**held, **({Standing.APPLICANT: asking} if asking else {})}


def entry_of(agency: Agency) -> Entry:
    """Everything the page of one agency shows."""
    standing = certificates.standing_of(agency)
    ending = certificates.public_endings_of([agency.pk]).get(agency.pk)
    history = certificates.public_certificates().filter(agency=agency).order_by("-issued_at", "-revision")
    return Entry(
        agency=agency,
        standing=standing,
        answer=answer_for(standing, ending),
        names=[name for name in agency.names.all() if name.kind != NameKind.LEGAL],
        licences=agencies.licence_views(agency),
        history=list(history),
        ending=ending,
    )


def entries() -> QuerySet[Agency]:
    """Agencies of the register with what their page reads."""
    now = Officer.objects.filter(Q(until=None) | Q(until__gte=clocks.today()))
    return listed().prefetch_related("names", "licences", "sub_agents", Prefetch("officers", now))


def answer_for(standing: StandingFacts, ending: Ending | None = None) -> Answer:
    """The answer in plain words, for a worker and for a buyer alike.

    That a company ended comes first: whatever its certificate says, there is nobody any more who could keep it.
    """
    title, text = _words(standing)
    facts = standing.facts
    if ending is None:
        return Answer(title=title, text=text, tone=str(facts.tone), icon=facts.icon)
    held = _("This company on the register: %(standing)s.") % {"standing": facts.public}
    if standing.valid:
        held = _("The certificate below stands until the scheme has decided about it.")
    tone, icon = ("care", "alert-triangle") if standing.valid else (str(facts.tone), facts.icon)
    return Answer(ending.title, f"{ending.sentence} {ending.advice} {held}", tone, icon)


def _words(standing: StandingFacts) -> tuple[str, str]:
    certificate = standing.certificate
    end = in_words(certificate.expires_on) if certificate else ""
    since = in_words(standing.since)
    scope = _("It covers the corridors, sectors and sites named below, and nothing else.")
    words: dict[Standing, tuple[str, str]] = {
        Standing.CERTIFIED: (
            _("Yes, certified today"),
            _("Valid since %(since)s, until %(end)s.") + " " + scope,
        ),
        Standing.CERTIFIED_WITH_CONDITIONS: (
            _("Yes, certified today, with conditions"),
            _("Valid since %(since)s, until %(end)s. The agency has to put some things right by fixed dates.")
            + " "
            + scope,
        ),
        Standing.REDUCED_SCOPE: (
            _("Yes, certified today, for less than before"),
            _("Its scope was reduced on %(since)s. Valid until %(end)s.") + " " + scope,
        ),
        Standing.NOT_YET_VALID: (
            _("Not valid yet"),
            _("The certificate takes effect on %(since)s. Until then do not rely on it."),
        ),
        Standing.SUSPENDED: (
            _("No. The certificate is suspended"),
            _("Not valid since %(since)s. Do not rely on it until this page says otherwise."),
        ),
        Standing.EXPIRED: (
            _("No. The certificate has expired"),
            _("Its last day was %(end)s. It was not renewed."),
        ),
        Standing.WITHDRAWN: (
            _("No. The certificate was withdrawn"),
            _(
                "The scheme took it back on %(since)s. It will not come back: the agency would have to apply again."
            ),
        ),
        Standing.LEFT: (
            _("No. The agency gave its certificate up"),
            _("Not valid since %(since)s."),
        ),
        Standing.SUPERSEDED: (
            _("This revision is obsolete"),
            _("A later revision took its place on %(since)s. Only the latest counts."),
        ),
        Standing.APPLICANT: (
            _("No, not certified. It has applied"),
            _("The scheme accepted its application on %(since)s. That says nothing about the outcome."),
        ),
        Standing.ENROLLED: (_("No, not certified"), _("It holds no certificate and held none.")),
    }
    title, text = words[standing.standing]
    return title, text % {"since": since, "end": end}


def published_until(agency: Agency, day: date) -> QuerySet[CertificateChange]:
    """The published history of an agency's certificates up to a day, oldest first."""
    rows = CertificateChange.objects.filter(certificate__agency=agency, on__lte=day)
    return rows.select_related("certificate").order_by("at", "created_at")
