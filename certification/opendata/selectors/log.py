"""Reading the log: lines, heads, proofs. Every proof reads about log2(n) hashes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification.opendata.models import LogEntry, LogNode, TreeHead
from certification.opendata.rules import merkle
from iris.core.errors import BadInput

MOST_LINES = 1_000


def node(level: int, place: int) -> bytes:
    """The hash of one complete subtree."""
    return bytes.fromhex(LogNode.objects.values_list("hash", flat=True).get(level=level, place=place))


def size_of_log() -> int:
    """How many lines the log has."""
    last = LogEntry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def root_of(size: int) -> str:
    """The root of the first `size` lines."""
    return merkle.root(size, node).hex()


def last_head() -> TreeHead | None:
    """The newest signed head: of the longest log, whatever the clock said when it was signed."""
    return TreeHead.objects.order_by("-size", "-at").first()


def head_with_size(size: int) -> TreeHead | None:
    """The newest signed head of that size."""
    return TreeHead.objects.filter(size=size).order_by("-at").first()


def lines() -> QuerySet[LogEntry]:
    """Every line, newest first, for the page."""
    return LogEntry.objects.order_by("-index")


def lines_of(number: str) -> QuerySet[LogEntry]:
    """The lines of one certificate, all its revisions, oldest first."""
    return LogEntry.objects.filter(certificate__number=number).order_by("index")


def entries_between(start: int, end: int) -> list[LogEntry]:
    """Lines start .. end (without end), at most a thousand at once."""
    if start < 0 or end < start:
        raise BadInput(_("Ask for lines from `start` (0 or more) to `end` (not before it)."))
    return list(LogEntry.objects.filter(index__gte=start, index__lt=min(end, start + MOST_LINES)))


def inclusion_proof(index: int, size: int) -> tuple[LogEntry, list[str]]:
    """The line, and the hashes that lead from it to the root of the first `size` lines."""
    _refuse_beyond(size)
    if not 0 <= index < size:
        raise BadInput(
            _("There is no line %(index)s among the first %(size)s.") % {"index": index, "size": size}
        )
    path = merkle.inclusion(index, size, node)
    return LogEntry.objects.get(index=index), [one.hex() for one in path]


def consistency_proof(first: int, second: int) -> list[str]:
    """The hashes that show that the log of `first` lines is the beginning of that of `second`."""
    _refuse_beyond(second)
    if not 0 <= first <= second:
        raise BadInput(_("`first` is a size from 0 up to `second`."))
    return [one.hex() for one in merkle.consistency(first, second, node)]


def _refuse_beyond(size: int) -> None:
    held = size_of_log()
    if size > held:
        raise BadInput(_("The log has %(held)s lines so far, not %(size)s.") % {"held": held, "size": size})
