"""One party of a chain in short: what it is, the way down to it, how each link is known."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.certificates.models import Certificate
from iris.core.days import in_words
from iris.core.moves import Fact
from iris.core.places import country_name, sector_name
from supplychain.chains.drawing.folding import reach
from supplychain.chains.selectors.chain import ChainLink
from supplychain.chains.selectors.risks import Risks
from supplychain.chains.selectors.sight import Look, Seen, Sight
from supplychain.chains.states import Claim, Confidence, FeeTerms, Source
from supplychain.lookups.selectors import AgencyFacts
from supplychain.risk.selectors import RiskInput, RiskScore

MOST_WAYS = 99


@dataclass(frozen=True)
class Step:
    """One party of a way down, and the link that leads to it from the one before."""

    seen: Seen
    tie: ChainLink | None

    @property
    def said(self) -> list[str]:
        """How the link is known, in short sentences."""
        return tie_facts(self.tie) if self.tie else []


@dataclass
class Brief:
    """What is said beside the map about one party."""

    seen: Seen
    level: int
    way: list[Step]
    ways: int
    below: int
    unclean_below: int
    facts: list[Fact]
    above: list[Step]
    under: list[Step]
    risk: Look = field(default_factory=Look)
    score: RiskScore | None = None

    @property
    def reasons(self) -> list[RiskInput]:
        """What the risk is made of, the most points first; inputs that add nothing are left out."""
        inputs = self.score.inputs if self.score else []
        return sorted((one for one in inputs if one.points > 0), key=lambda one: (-one.points, one.code))

    @property
    def other_ways(self) -> int:
        """How many more ways lead here."""
        return max(0, self.ways - 1)

    @property
    def path(self) -> str:
        """The parties of the way, for the script that draws it."""
        return " ".join(str(step.seen.party.id) for step in self.way)


def brief_of(sight: Sight, number: int, risks: Risks) -> Brief:
    """Everything in short about one party of the chain as of the day."""
    seen = sight.seen[number]
    way = sight.way_to(number)
    between = dict(zip(sight.pairs, sight.ties, strict=True))
    steps = [
        Step(sight.seen[one], between.get((way[place - 1], one)) if place else None)
        for place, one in enumerate(way)
    ]
    above = [Step(sight.seen[sight.pairs[tie][0]], sight.ties[tie]) for tie in sight.ties_to.get(number, [])]
    under = [
        Step(sight.seen[lower], sight.ties[tie])
        for tie, (upper, lower) in enumerate(sight.pairs)
        if upper == number
    ]
    lower = reach(sight.below, [number]) - {number}
    return Brief(
        seen,
        sight.levels[number],
        steps,
        ways_count(sight, number),
        len(lower),
        sum(1 for one in lower if sight.seen[one].unclean),
        facts_of_party(seen, risks.known(seen.party.id)),
        above,
        under,
        risks.look(seen.party.id),
        risks.score(seen.party.id),
    )


def ways_count(sight: Sight, number: int) -> int:
    """How many ways lead down to a party, at most MOST_WAYS."""
    found: dict[int, int] = {}
    stack = [number]
    while stack:
        node = stack[-1]
        waiting = [one for one in sight.above[node] if one not in found]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        found[node] = min(MOST_WAYS, sum(found[one] for one in sight.above[node])) or 1
    return found[number]


def facts_of_party(seen: Seen, known: AgencyFacts | None = None) -> list[Fact]:
    """What is known of the party itself. Of a name kept secret nothing that would tell it."""
    party = seen.party
    rows = [Fact(_("What it is"), seen.kind)]
    if party.country:
        rows.append(Fact(_("Country"), country_name(party.country)))
    if party.origin and party.destination:
        way = _("%(a)s to %(b)s") % {"a": country_name(party.origin), "b": country_name(party.destination)}
        rows.append(Fact(_("Corridor"), way))
    if party.sector:
        rows.append(Fact(_("Sector"), sector_name(party.sector)))
    if party.workers:
        rows.append(Fact(_("Workers"), f"{party.workers:,}"))
    if party.number and not party.confidential:
        rows.append(Fact(_("Number you were given"), party.number))
    standing = party.standing
    if standing and standing.since:
        rows.append(Fact(seen.standing.word, _("since %(day)s") % {"day": day(standing.since)}))
    if standing and standing.certificate and not party.confidential:
        rows += _certificate_facts(standing.certificate)
    return rows + (_register_facts(known) if known else [])


def _register_facts(known: AgencyFacts) -> list[Fact]:
    rows = [
        Fact(_("Licence, %(country)s") % {"country": country_name(one.country)}, f"{one.number}: {one.label}")
        for one in known.licences
    ] or [Fact(_("Licence"), _("none declared"))]
    if known.open_flag:
        rows.append(Fact(_("Open critical finding"), _("yes, the register says so")))
    many = known.sub_agents
    rows.append(Fact(_("Sub-agents it declared"), f"{many:,}" if many else _("none")))
    if known.level_label:
        rows.append(Fact(_("Training"), known.level_label))
    for rule in known.concerning_rules:
        rows.append(Fact(_("Rule of %(country)s") % {"country": country_name(rule.country)}, rule.text))
    return rows


def _certificate_facts(certificate: Certificate) -> list[Fact]:
    corridors = [
        _("%(a)s to %(b)s") % {"a": country_name(row.origin), "b": country_name(row.destination)}
        for row in certificate.corridors.all()
    ]
    return [
        Fact(
            _("Certificate"),
            f"{certificate.number}, {_('to %(day)s') % {'day': day(certificate.expires_on)}}",
        ),
        Fact(_("Certified for"), "; ".join(corridors) or _("no corridor named")),
    ]


def tie_facts(tie: ChainLink) -> list[str]:
    """How a link is known, in short sentences."""
    said = []
    if tie.workers is not None:
        said.append(
            ngettext("%(n)s worker a year", "%(n)s workers a year", tie.workers) % {"n": f"{tie.workers:,}"}
        )
    said.append(
        str(FeeTerms(tie.fee_terms).label) if tie.fee_terms != FeeTerms.UNKNOWN else _("fee terms not known")
    )
    claim, source = str(Claim(tie.claim).label).lower(), str(Source(tie.source).label).lower()
    said.append(f"{claim}, {source}")
    said.append(_("confidence %(word)s") % {"word": str(Confidence(tie.confidence).label).lower()})
    until = _("until %(day)s") % {"day": day(tie.until)} if tie.until else ""
    said.append(f"{_('since %(day)s') % {'day': day(tie.since)}} {until}".strip())
    return said


def day(when: date) -> str:
    """A day as people write it."""
    return in_words(when)
