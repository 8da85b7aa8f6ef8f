"""Reading repayment cases: who may see them, how they stand, what every figure is made of."""

from certification.repayments.selectors.calculation import as_xlsx, calculation, differences
from certification.repayments.selectors.columns import SHEETS, empty_sheet
from certification.repayments.selectors.figures import (
    Figures,
    WorkerFacts,
    figures_of,
    instalments_of,
    rule_words,
    shares_of,
    worker_facts,
    workers_page,
)
from certification.repayments.selectors.payers import (
    TOLD_STATES,
    amount_of,
    may_be_told,
    notice_by_token,
    notices_of,
    own_share,
    proofs_of,
    proofs_of_case,
)
from certification.repayments.selectors.reading import (
    agency_panel,
    cases_list,
    cases_visible_to,
    left_to_do,
    move_for,
    payment_progress,
    steps_for,
    todos_for,
    with_context,
)

__all__ = [
    "SHEETS",
    "TOLD_STATES",
    "Figures",
    "WorkerFacts",
    "agency_panel",
    "amount_of",
    "as_xlsx",
    "calculation",
    "cases_list",
    "cases_visible_to",
    "differences",
    "empty_sheet",
    "figures_of",
    "instalments_of",
    "left_to_do",
    "may_be_told",
    "move_for",
    "notice_by_token",
    "notices_of",
    "own_share",
    "payment_progress",
    "proofs_of",
    "proofs_of_case",
    "rule_words",
    "shares_of",
    "steps_for",
    "todos_for",
    "with_context",
    "worker_facts",
    "workers_page",
]
