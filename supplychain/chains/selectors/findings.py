"""What the chain shows that somebody should look at, each with the way down to it and the reason in a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from certification.certificates.states import Standing
from iris.accounts.models import Organisation, User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.states import facts_of
from supplychain.chains.selectors.arrays import ChainArrays, arrays_of
from supplychain.chains.selectors.chain import ChainParty, employer_of, parties_of
from supplychain.chains.selectors.detecting import ORDER, Detected, Hit, detect
from supplychain.chains.selectors.register import Judged, judge
from supplychain.chains.states import FindingCode

MOST_WRITTEN = 5_000


@dataclass(frozen=True)
class ChainFinding:
    """One finding: what, at which party, the way from the top down to it, and why in a sentence."""

    code: FindingCode
    party: ChainParty
    path: list[ChainParty]
    why: str


@dataclass(frozen=True)
class Findings:
    """All findings of a day, counted; pages of them are written out when asked for."""

    chain: ChainArrays
    on: date
    judged: Mapping[UUID, Judged]
    detected: Detected

    @property
    def counts(self) -> dict[FindingCode, int]:
        """How many of each kind, the gravest first."""
        return {code: self.detected.count(code) for code in ORDER}

    def total(self, codes: tuple[FindingCode, ...] = ORDER) -> int:
        """How many of these kinds."""
        return sum(self.detected.count(code) for code in codes)

    def holders(self, code: FindingCode) -> set[UUID]:
        """Every party with a finding of this kind, without its way and its sentence."""
        hits = self.detected.slice((code,), 0, self.detected.count(code))
        return {self.chain.id_of(hit.node) for hit in hits}

    def page(
        self, start: int = 0, size: int = 50, codes: tuple[FindingCode, ...] = ORDER
    ) -> list[ChainFinding]:
        """One page, with the parties of every way read at once."""
        today = self.chain.on(self.on)
        hits = self.detected.slice(codes, start, size)
        ways = [
            hit.way if hit.way is not None else today.walk.way(int(today.place[hit.node])) for hit in hits
        ]
        wanted = {node for way in ways for node in way} | {hit.node for hit in hits}
        wanted |= {
            int(str(hit.about[name]))
            for hit in hits
            for name in ("with", "other", "above")
            if name in hit.about
        }
        parties = parties_of(self.chain, self.on, wanted, self.judged)
        return [
            ChainFinding(
                hit.code, parties[hit.node], [parties[node] for node in way], self._why(hit, parties)
            )
            for hit, way in zip(hits, ways, strict=True)
        ]

    def _why(self, hit: Hit, parties: Mapping[int, ChainParty]) -> str:
        about = {
            name: parties[int(str(value))].name if name in {"with", "other", "above"} else value
            for name, value in hit.about.items()
        }
        sentence = {
            FindingCode.SUSPENDED: _standing_words,
            FindingCode.UNCERTIFIED: _standing_words,
            FindingCode.UNLICENSED: _no_licence,
        }.get(hit.code)
        if sentence is not None:
            return str(sentence(parties[hit.node]))
        return _REASONS[hit.code, str(about.get("why", ""))]() % about


def _no_licence(_party: ChainParty) -> str:
    return _("It has declared no licence that is in force on this day.")


def _standing_words(party: ChainParty) -> str:
    standing = party.standing
    if standing is None:
        return _("Nobody has matched it with an agency of the register.")
    if standing.standing == Standing.ENROLLED:
        return _("The register knows it, and it has no certificate.")
    word = str(facts_of(standing.standing).public)
    if standing.since is None:
        return _("The register says: %(word)s.") % {"word": word}
    day = in_words(standing.since)
    return _("The register says: %(word)s, since %(day)s.") % {"word": word, "day": day}


_REASONS: dict[tuple[FindingCode, str], Callable[[], str]] = {
    (FindingCode.UNKNOWN_HOP, "nameless"): lambda: _("Somebody stands here, and nobody has told you who."),
    (FindingCode.UNKNOWN_HOP, "nothing_below"): lambda: _(
        "Nothing is known below it: who recruits its workers has not been told."
    ),
    (FindingCode.UNKNOWN_HOP, "gap"): lambda: _(
        "It stands directly under %(above)s: the recruiter between them has not been told."
    ),
    (FindingCode.TOO_MANY, ""): lambda: _(
        "%(count)s recruiters and sub-agents one after another; the scheme's number is at most %(most)s."
    ),
    (FindingCode.CYCLE, ""): lambda: _("%(length)s parties stand below each other in a circle."),
    (FindingCode.SHARED, "below_both"): lambda: _(
        "It works for %(other)s and for %(with)s, which is withdrawn."
    ),
    (FindingCode.SHARED, "address"): lambda: _("It has the same address as %(with)s, which is withdrawn."),
    (FindingCode.SHARED, "owner"): lambda: _("It has the same owner as %(with)s, which is withdrawn."),
    (FindingCode.SHARED, "sub_agent"): lambda: _(
        "It declared the same sub-agent (%(name)s) as %(agency)s, which is withdrawn."
    ),
}


def findings_on(who: User | Organisation, on: date | None = None) -> Findings:
    """All findings of the employer's chain on a day, counted and ready to be paged."""
    organisation = employer_of(who)
    day = on or clocks.today()
    chain = arrays_of(organisation.pk)
    judged = judge(chain.agencies, day)
    return Findings(chain, day, judged, detect(chain, day, judged))


def findings_of(
    who: User | Organisation, on: date | None = None, limit: int = MOST_WRITTEN
) -> list[ChainFinding]:
    """The findings of the chain written out, the gravest kinds first; at most `limit`."""
    return findings_on(who, on).page(0, limit)
