"""Questions about certificates. Pages, register, lookups and API all start here."""

from certification.certificates.selectors.deciding import (
    SUBJECT,
    certificate_progress,
    decided_applications,
    decision_move,
    open_findings,
    outcome_panel,
    waiting_for_decision,
)
from certification.certificates.selectors.known import known_standings
from certification.certificates.selectors.moves import (
    move_for,
    todos_for,
)
from certification.certificates.selectors.rows import (
    certificate_by_number,
    certificates_visible_to,
    counts_by_standing,
    for_api,
    for_list,
    numbers_like,
    public_certificates,
    revisions_of,
    running_certificate,
    with_parts,
)
from certification.certificates.selectors.standing import (
    StandingFacts,
    agencies_with_standing,
    applying,
    latest_certificates,
    standing_facts,
    standing_of,
    standings_of,
    with_standing,
)

__all__ = [
    "SUBJECT",
    "StandingFacts",
    "agencies_with_standing",
    "applying",
    "certificate_by_number",
    "certificate_progress",
    "certificates_visible_to",
    "counts_by_standing",
    "decided_applications",
    "decision_move",
    "for_api",
    "for_list",
    "known_standings",
    "latest_certificates",
    "move_for",
    "numbers_like",
    "open_findings",
    "outcome_panel",
    "public_certificates",
    "revisions_of",
    "running_certificate",
    "standing_facts",
    "standing_of",
    "standings_of",
    "todos_for",
    "waiting_for_decision",
    "with_parts",
    "with_standing",
]
