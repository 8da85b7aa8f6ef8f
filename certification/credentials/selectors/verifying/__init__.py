"""What a number, a link, a PDF or a credential is worth now."""

from certification.credentials.selectors.verifying.answer import Answer, Check, Expected
from certification.credentials.selectors.verifying.reading import (
    of_certificate,
    verify_file,
    verify_number,
    verify_text,
)
from certification.credentials.selectors.verifying.tokens import verify_token

__all__ = [
    "Answer",
    "Check",
    "Expected",
    "of_certificate",
    "verify_file",
    "verify_number",
    "verify_text",
    "verify_token",
]
