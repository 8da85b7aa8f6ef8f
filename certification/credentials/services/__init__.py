"""Keys, credentials, status lists, and verifying."""

from certification.credentials.services.issuing import digest, follow, follow_all, issue, recognise
from certification.credentials.services.keys import rotate, rotate_by_command, sign
from certification.credentials.services.status import publish_due, publish_list

__all__ = [
    "digest",
    "follow",
    "follow_all",
    "issue",
    "publish_due",
    "publish_list",
    "recognise",
    "rotate",
    "rotate_by_command",
    "sign",
]
