"""The sandbox: fixed records for every outcome, the same for everybody, and no effects."""

from typing import Any

from iris.developers.sandbox.answers import offer_all
from iris.developers.sandbox.pages import GONE
from iris.developers.sandbox.records import AGENCIES, LOOKUPS, Case, certificate_detail, find
from iris.developers.sandbox.verifying import QUESTIONS

__all__ = ["AGENCIES", "GONE", "LOOKUPS", "QUESTIONS", "Case", "answer_of_certificate", "offer_all"]


def answer_of_certificate(number: str) -> dict[str, Any]:
    """What a call for this certificate of the sandbox answers."""
    found = find(lambda case: case.number == number)
    return certificate_detail(found) if found else {}
