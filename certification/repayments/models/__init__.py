"""Repayment cases, their workers and costs, and what was paid, confirmed and checked."""

from certification.repayments.models.case import (
    CaseSequence,
    Cohort,
    Consultation,
    LateInterest,
    PayerShare,
    Rate,
    RepaymentCase,
)
from certification.repayments.models.checking import (
    Breach,
    ThirdPartyCheck,
    TracingAttempt,
    WorkerConfirmation,
)
from certification.repayments.models.payers import ShareNotice, ShareProof
from certification.repayments.models.paying import Instalment, Payment
from certification.repayments.models.reckoning import reckoning_of
from certification.repayments.models.workers import CaseWorker, CostLine, LoanCost, SheetDraft, WorkerAccess

__all__ = [
    "Breach",
    "CaseSequence",
    "CaseWorker",
    "Cohort",
    "Consultation",
    "CostLine",
    "Instalment",
    "LateInterest",
    "LoanCost",
    "PayerShare",
    "Payment",
    "Rate",
    "RepaymentCase",
    "ShareNotice",
    "ShareProof",
    "SheetDraft",
    "ThirdPartyCheck",
    "TracingAttempt",
    "WorkerAccess",
    "WorkerConfirmation",
    "reckoning_of",
]
