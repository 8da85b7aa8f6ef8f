"""Writing the log and the files of each day."""

from certification.opendata.services.announcing import announce
from certification.opendata.services.dumping import ask_when_due, dump, folder_of, tidy
from certification.opendata.services.sequencing import head_when_old, sequence, verify_log

__all__ = [
    "announce",
    "ask_when_due",
    "dump",
    "folder_of",
    "head_when_old",
    "sequence",
    "tidy",
    "verify_log",
]
