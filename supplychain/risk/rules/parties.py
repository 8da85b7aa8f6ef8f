"""The score of one recruiter from the facts a room above hands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iris.core.errors import Text
from supplychain.risk.rules.method import Method, method_on, methods
from supplychain.risk.rules.scoring import (
    Answer,
    BaseRisk,
    RiskScore,
    Weights,
    changes_of,
    total_of,
)
from supplychain.risk.rules.words import LEVELS, UNKNOWN_REASON, UNKNOWN_WORD
from supplychain.risk.states import Input

# From best to worst; of several licences the worst one counts.
LICENCE_ORDER = (
    "active",
    "conditional",
    "unknown",
    "pending",
    "expired",
    "not_found",
    "suspended",
    "revoked",
)
BETTER: dict[str, tuple[str, Text]] = {
    Input.CERTIFICATE: ("certified", gettext_lazy("certified, with a certificate in force")),
    Input.SCOPE: ("inside", gettext_lazy("its certificate covered this corridor and sector")),
    Input.LICENCE: ("active", gettext_lazy("the authority's register confirmed its licence")),
    Input.CRITICAL: ("no", gettext_lazy("no critical finding was open")),
    Input.FEES: ("employer", gettext_lazy("shown that the employer pays and workers do not")),
    Input.SUB_AGENTS: ("none", gettext_lazy("shown to work without sub-agents")),
    Input.HOPS: ("", gettext_lazy("at most one intermediary stood before the workers")),
    Input.TIES: ("no", gettext_lazy("shown to share nothing with a withdrawn agency")),
    Input.CLAIM: ("verified", gettext_lazy("the link was verified and not only declared")),
    Input.CHECKED: ("", gettext_lazy("checked again within 30 days")),
}


@dataclass(frozen=True)
class RiskFacts:
    """What a room above knows of a recruiter in its place. None or an empty text is "unknown", never "none"."""

    standing: str = ""  # code of the register's standing
    scope: str = ""  # inside, sector_outside, outside
    licences: tuple[str, ...] = ()  # normalised status of each licence that matters; the worst counts
    critical: bool | None = None
    fee_terms: str = ""  # employer, below_cost, shared, worker
    worker_months: Decimal | None = None  # what workers paid, in months of their pay (SDG 10.7.1)
    sub_agents: str = ""  # none, declared, undeclared
    hops: int | None = None  # intermediaries from here to the workers, this one counted
    withdrawn_tie: bool | None = None
    claim: str = ""  # verified, declared
    checked_days: int | None = None  # since the last check of it
    corridor: BaseRisk | None = None
    sector: BaseRisk | None = None
    sources: Mapping[str, Text] = field(default_factory=dict)  # where each fact comes from, by input


def score(facts: RiskFacts, weights: Weights, on: date | None = None) -> RiskScore:
    """The score with its inputs, reasons and what would change it. `on` chooses the version of the method."""
    method = method_on(on) if on else methods()[-1]
    answers = answers_of(facts)
    points, floor, why, mean = total_of(method, answers, weights.values)
    changes = changes_of(method, answers, mean, points, BETTER)
    return RiskScore(
        points=points,
        band=method.band(points),
        inputs=list(mean.parts),
        weights_version=weights.version,
        would_change=[_sentence(one.text, one.points) for one in changes],
        changes=changes,
        exact=mean.exact,
        floor=floor,
        floor_reason=why,
        method_version=method.version,
    )


def _sentence(text: Text, points: int) -> str:
    return ngettext("%(points)s point less if: %(what)s.", "%(points)s points less if: %(what)s.", points) % {
        "points": points,
        "what": text,
    }


def answers_of(facts: RiskFacts) -> list[Answer]:
    """One answer for each input, always all of them: what is not known is said, not left out."""
    return [
        _level(facts, Input.CERTIFICATE, facts.standing),
        _level(facts, Input.SCOPE, _scope(facts)),
        _level(facts, Input.LICENCE, _worst_licence(facts.licences)),
        _level(facts, Input.CRITICAL, _yes_no(facts.critical)),
        _fees(facts),
        _level(facts, Input.SUB_AGENTS, facts.sub_agents),
        _hops(facts),
        _level(facts, Input.TIES, _yes_no(facts.withdrawn_tie)),
        _level(facts, Input.CLAIM, facts.claim),
        _checked(facts),
        _base(facts, Input.CORRIDOR, facts.corridor),
        _base(facts, Input.SECTOR, facts.sector),
    ]


def _yes_no(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


def _scope(facts: RiskFacts) -> str:
    """Without a certificate in force nothing is in its scope."""
    in_force = facts.standing in ("certified", "certified_with_conditions", "reduced_scope")
    return facts.scope if in_force or not facts.standing else "outside"


def _worst_licence(statuses: tuple[str, ...]) -> str:
    known = [status for status in statuses if status in LICENCE_ORDER]
    worst = max(known, key=LICENCE_ORDER.index, default="")
    return "" if worst == "unknown" else worst


def _level(facts: RiskFacts, code: Input, level: str) -> Answer:
    word, reason = LEVELS.get((code.value, level), (UNKNOWN_WORD, UNKNOWN_REASON[code.value]))
    return Answer(
        code.value,
        code.label,
        level=level,
        value=word,
        reason=reason,
        source=facts.sources.get(code.value, ""),
    )


def _fees(facts: RiskFacts) -> Answer:
    """What workers were found to have paid says more than what a contract promises."""
    if facts.worker_months is None:
        return _level(facts, Input.FEES, facts.fee_terms)
    if facts.worker_months <= 0:
        return _level(facts, Input.FEES, "employer")
    answer = _level(facts, Input.FEES, "worker")
    value = _("%(months)s months of pay") % {"months": facts.worker_months.normalize().__format__("f")}
    return Answer(
        answer.code, answer.label, "worker", value=value, reason=answer.reason, source=answer.source
    )


def _hops(facts: RiskFacts) -> Answer:
    code, source = Input.HOPS, facts.sources.get(Input.HOPS.value, "")
    if facts.hops is None:
        return _level(facts, code, "")
    value = ngettext("%(n)s intermediary", "%(n)s intermediaries", facts.hops) % {"n": facts.hops}
    reason = _("Each one between the employer and the workers is one more who may charge them.")
    return Answer(code.value, code.label, number=facts.hops, value=value, reason=reason, source=source)


def _checked(facts: RiskFacts) -> Answer:
    code, source = Input.CHECKED, facts.sources.get(Input.CHECKED.value, "")
    if facts.checked_days is None:
        return _level(facts, code, "")
    days = facts.checked_days
    value = ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days} if days else _("today")
    reason = _("What was seen more than 30 days ago may have changed.")
    return Answer(code.value, code.label, number=days, value=value, reason=reason, source=source)


def _base(facts: RiskFacts, code: Input, base: BaseRisk | None) -> Answer:
    source = facts.sources.get(code.value, "")
    if base is None:
        return _level(facts, code, "")
    reason = _("Base risk %(points)s of 100; %(known)s of %(all)s inputs are known.") % {
        "points": base.points,
        "known": base.known,
        "all": len(base.inputs),
    }
    return Answer(
        code.value,
        code.label,
        badness=base.points,
        value=base.label,
        reason=reason,
        source=source or base.version,
    )


def default_weights(method: Method | None = None) -> Weights:
    """The scheme's own weights."""
    method = method or methods()[-1]
    return Weights(method.default_weights, f"default {method.version}")
