"""How far a link may be relied on. Derived, so that it means the same everywhere."""

from supplychain.chains.states import Claim, Confidence


def confidence(*, claim: str, has_evidence: bool, has_contract: bool) -> Confidence:
    """High: verified with a document kept here. Medium: verified otherwise, or a contract is named. Low: only said."""
    if claim == Claim.VERIFIED:
        return Confidence.HIGH if has_evidence else Confidence.MEDIUM
    return Confidence.MEDIUM if has_contract else Confidence.LOW
