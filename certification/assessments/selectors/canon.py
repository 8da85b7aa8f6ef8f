"""An assessment as one text that always comes out the same, and its SHA-256."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from certification.assessments.models import Answer, Assessment, CostLine, Evidence, JobOrder
from certification.assessments.selectors.reading import answers_with_evidence
from certification.assessments.states import Payer


def canonical(assessment: Assessment) -> str:
    """Edition, answers, ledger and the hashes of all documents as canonical JSON (sorted keys, no spaces)."""
    body: dict[str, Any] = {
        "format": 1,
        "agency": str(assessment.agency_id),
        "cycle": assessment.cycle,
        "revision": assessment.revision,
        "edition": {"number": assessment.edition.number, "sha256": assessment.edition.content_hash},
        "answers": [_answer(answer) for answer in answers_with_evidence(assessment)],
        "ledger": [_order(order) for order in assessment.job_orders_in_order()],
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(assessment: Assessment) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(assessment).encode()).hexdigest()


def still_matches(assessment: Assessment) -> bool:
    """Whether what is stored now is what was declared."""
    return bool(assessment.content_hash) and assessment.content_hash == content_hash(assessment)


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "indicator": answer.indicator.code,
        "value": answer.value,
        "maturity": answer.maturity,
        "reason": answer.reason,
        "comment": answer.comment,
        "plan": [answer.plan_action, answer.plan_owner, _day(answer.plan_due_on)],
        "evidence": sorted((_evidence(document) for document in answer.evidence.all()), key=_by_id),
    }


def _order(order: JobOrder) -> dict[str, Any]:
    said = {
        "sector": order.sector,
        "wage": [order.wage_minor, order.wage_currency] if order.wage_minor is not None else None,
        "price_answer": order.price_answer,
    }
    return {
        **_there(said),
        "reference": order.reference,
        "corridor": [order.origin, order.destination],
        "employer": order.employer_name,
        "workers": order.workers,
        "currency": order.currency,
        "lines": sorted((_line(line) for line in order.cost_lines.all()), key=_by_id),
    }


def _there(said: dict[str, Any]) -> dict[str, Any]:
    """Facts that came later than the format: left out where nothing was said, so that older hashes still match."""
    return {name: value for name, value in said.items() if value}


def _line(line: CostLine) -> dict[str, Any]:
    shares = {str(payer): part.minor for payer, part in line.shares} if line.paid_by == Payer.SHARED else {}
    return {
        **_there({"shares": shares}),
        "id": str(line.pk),
        "category": line.category,
        "label": line.label,
        "amount": [line.amount_minor, line.currency],
        "should_pay": line.should_pay,
        "paid_by": [line.paid_by, line.paid_by_name],
        "proof": _evidence(line.proof) if line.proof else None,
        "lawful": [line.lawful, line.law_reference],
        "exception": [line.exception_reason, line.exception_note],
        "settlement": [line.response, line.repaid_how, line.repaid_by, _day(line.repaid_on)],
    }


def _evidence(document: Evidence) -> dict[str, Any]:
    said = {
        "id": str(document.pk),
        "title": document.title,
        "kind": document.kind,
        "valid_until": _day(document.valid_until),
        "sha256": document.file.sha256,
    }
    if (
        document.effective_from
    ):  # left out where there is none: what was declared before versions keeps its hash
        said["effective_from"] = _day(document.effective_from)
    return said


def _by_id(row: dict[str, Any]) -> str:
    return str(row["id"])


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
