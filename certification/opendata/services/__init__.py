"""Writing the log and the files of each day."""

from certification.opendata.services.announcing import announce
from certification.opendata.services.sequencing import head_when_old, sequence, verify_log

__all__ = ["announce", "head_when_old", "sequence", "verify_log"]
