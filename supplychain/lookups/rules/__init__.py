"""Pure rules of a check: what may be asked, and how numbers, phones and addresses are compared."""

from supplychain.lookups.rules.numbers import (
    PUBLIC_MAIL,
    domain_of,
    email_of,
    is_lei_like,
    phone_of,
    same_phone,
)
from supplychain.lookups.rules.questions import Asked, clean, mixed_scripts, problem_with, unseen

__all__ = [
    "PUBLIC_MAIL",
    "Asked",
    "clean",
    "domain_of",
    "email_of",
    "is_lei_like",
    "mixed_scripts",
    "phone_of",
    "problem_with",
    "same_phone",
    "unseen",
]
