"""What others tell the scheme about an entry of the register."""

from certification.corrections.models.dispute import Dispute
from certification.corrections.models.notice import AuthorityNotice

__all__ = ["AuthorityNotice", "Dispute"]
