"""Lists, progress, counts, and rows page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.accounts.models import User
from iris.core.moves import Move, Todo
from iris.core.sheets import Layout
from supplychain.screenings.models import RowOutcome, Screening, ScreeningBatch, ScreeningRow
from supplychain.screenings.permissions import may_see
from supplychain.screenings.states import BatchStatus, Resolution, RowResult, ScreeningState

PER_PAGE = 50
FOUND = (RowResult.CERTIFIED, RowResult.NOT_CERTIFIED)


@dataclass(frozen=True)
class Progress:
    """Rows as the database counts them now."""

    total: int
    done: int
    failed: int

    @property
    def handled(self) -> int:
        """Rows that need no more work."""
        return self.done + self.failed


def screenings_visible_to(user: User) -> QuerySet[Screening]:
    """The screenings of the person's own organisation."""
    rows = Screening.objects.select_related("person", "file").defer("nodes", "sample")
    organisation = user.organisation if user.is_authenticated and may_see(user) else None
    return rows.filter(organisation=organisation) if organisation else rows.none()


def with_counts(rows: QuerySet[Screening]) -> QuerySet[Screening]:
    """The same rows with the rows that workers have checked, in one query, the newest first."""
    done = Sum("batches__lines", filter=Q(batches__status=BatchStatus.DONE), default=0)
    return rows.annotate(n_checked=done).order_by("-created_at")


def with_batches(rows: QuerySet[Screening]) -> QuerySet[Screening]:
    """The same rows with what progress and results are counted from, in one query more for all of them."""
    done = ScreeningBatch.objects.filter(status=BatchStatus.DONE)
    return rows.prefetch_related(Prefetch("batches", done.only("screening_id", "status", "lines", "counts")))


def _done(screening: Screening) -> list[ScreeningBatch]:
    if "batches" not in getattr(screening, "_prefetched_objects_cache", {}):  # of one screening alone
        return list(ScreeningBatch.objects.filter(screening_id=screening.pk, status=BatchStatus.DONE))
    return [batch for batch in screening.batches.all() if batch.status == BatchStatus.DONE]


def progress_of(screening: Screening) -> Progress:
    """How far the work is: rows taken from the file, then rows checked."""
    if screening.state == ScreeningState.READING:
        return Progress(screening.n_lines, screening.n_read, 0)
    counts = screening.counts
    done = sum(batch.lines for batch in _done(screening))
    failed = counts.get("reject", 0)
    return Progress(counts.get("check", 0) + counts.get("same", 0) + failed, done, failed)


def counts_by_result(screening: Screening) -> dict[str, int]:
    """How many rows came to each result."""
    found: Counter[str] = Counter({str(RowResult.PROBLEM): screening.counts.get("reject", 0)})
    for batch in _done(screening):
        found.update(batch.counts)
    return {str(result): found[str(result)] for result in RowResult}


def layout_of(screening: Screening, changed: dict[str, Any] | None = None) -> Layout:
    """How the file is read, or would be with these corrections."""
    kept = {**screening.layout, **(changed or {})}
    return Layout(**{**kept, "notes": (), "sheets": tuple(screening.layout.get("sheets", ()))})


@dataclass(frozen=True)
class Line:
    """One row as it came and what it came to, if it was checked."""

    row: ScreeningRow
    outcome: RowOutcome | None

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.row.number

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the agency it stands for now: the one a person chose, else the one found."""
        one = self.outcome and (self.outcome.chosen or self.outcome.fact)
        taken_back = self.outcome is not None and self.outcome.resolution == Resolution.NONE
        return dict(one.facts) if one and not taken_back else {}

    @property
    def agency_id(self) -> Any:
        """The agency it stands for now."""
        one = self.outcome and (self.outcome.chosen or self.outcome.fact)
        return one.agency_id if one and self.facts else None

    @property
    def open(self) -> bool:
        """Whether it waits for a person."""
        return self.outcome is not None and self.outcome.result == RowResult.TO_RESOLVE


def lines_of(
    screening: Screening,
    *,
    result: str = "",
    text: str = "",
    after: int = 0,
    before: int | None = None,
    limit: int = PER_PAGE,
) -> list[Line]:
    """Rows in order of their number, from one number on (or back from one): a page costs the same wherever it is."""
    rows = ScreeningRow.objects.filter(screening=screening)
    if result:
        same = RowOutcome.objects.filter(screening_id=screening.pk, result=result, number=OuterRef("number"))
        if text:
            rows = rows.filter(Exists(same))
        else:
            outcomes = RowOutcome.objects.filter(screening_id=screening.pk, result=result)
            numbers = _page(outcomes, after, before).values_list("number", flat=True)[:limit]
            rows = rows.filter(number__in=list(numbers))
    if text:
        rows = rows.filter(name__icontains=text)
    found = sorted(_page(rows, after, before)[:limit], key=lambda row: row.number)
    return lines_for(screening, found)


@dataclass(frozen=True)
class LinePage:
    """Rows of a page, and from which number the pages beside it go on."""

    lines: list[Line]
    before: int | None
    after: int | None


def page_of(
    screening: Screening, *, result: str = "", text: str = "", after: int = 0, before: int | None = None
) -> LinePage:
    """One page of rows; one row more is read to know whether there is a next page."""
    more = PER_PAGE + 1
    found = lines_of(screening, result=result, text=text, after=after, before=before, limit=more)
    if before is not None:
        lines = found[-PER_PAGE:]
        first = lines[0].number if len(found) > PER_PAGE else None
        return LinePage(lines, first, lines[-1].number if lines else None)
    lines = found[:PER_PAGE]
    last = lines[-1].number if len(found) > PER_PAGE else None
    return LinePage(lines, lines[0].number if after and lines else None, last)


def _page(rows: Any, after: int, before: int | None) -> Any:
    if before is not None:
        return rows.filter(number__lt=before).order_by("-number")
    return rows.filter(number__gt=after).order_by("number")


def lines_for(screening: Screening, rows: Sequence[ScreeningRow]) -> list[Line]:
    """These rows with what they came to."""
    outcomes = RowOutcome.objects.filter(
        screening_id=screening.pk, number__in=[row.number for row in rows]
    ).select_related("fact", "chosen", "resolved_by")
    known = {one.number: one for one in outcomes}
    return [Line(row, known.get(row.number)) for row in rows]


def preview_of(screening: Screening) -> list[dict[str, Any]]:
    """What a start would do, before anything is checked: rows to check, equal ones, skipped ones, rejected ones."""
    counts = {"check": 0, "same": 0, "skip": 0, "reject": 0, "skipped": [], **screening.counts}
    skipped = ", ".join(str(number) for number in counts["skipped"])
    names_again = _("the column names once more: rows %(rows)s") % {"rows": skipped} if skipped else ""
    return [
        {"n": counts["check"], "label": _("to check"), "hint": ""},
        {"n": counts["same"], "label": _("same as another row"), "hint": _("they follow the first of them")},
        {"n": counts["skip"], "label": _("skipped"), "hint": names_again},
        {"n": counts["reject"], "label": _("rejected"), "hint": _("each says why below")},
    ]


def comparable_with(screening: Screening, most: int = 12) -> list[Screening]:
    """Screenings of the same employer that are done and were made before, newest first."""
    rows = Screening.objects.filter(
        organisation_id=screening.organisation_id,
        state=ScreeningState.DONE,
        created_at__lt=screening.created_at,
    )
    return list(rows.exclude(nodes=b"").defer("nodes", "sample").order_by("-created_at")[:most])


def earlier_of(screening: Screening) -> Screening | None:
    """The screening to compare with: the last one of the same name, columns or file."""
    return next(
        (
            one
            for one in comparable_with(screening, 100)
            if one.title == screening.title
            or one.file_id == screening.file_id
            or (one.columns_key and one.columns_key == screening.columns_key)
        ),
        None,
    )


def open_rows(screening: Screening) -> int:
    """How many questions wait for a person; equal rows are one question."""
    return RowOutcome.objects.filter(
        screening_id=screening.pk, result=RowResult.TO_RESOLVE, same_as=None
    ).count()


def move_for(screening: Screening) -> Move:
    """Whose move it is."""
    state = ScreeningState(screening.state)
    if state in {ScreeningState.UPLOADED, ScreeningState.MAPPED}:
        map_url = reverse("screenings:mapping", args=[screening.pk])
        return Move(
            _("Your move: say which column holds what"),
            _("Nothing is checked before you start it."),
            yours=True,
            act_label=_("Map the columns"),
            act_url=map_url,
        )
    if state is ScreeningState.READING:
        return Move(_("The list is being read"), _("You may close this page; we tell you when it is ready."))
    if state is ScreeningState.READY:
        what = _("Look at the counts and rows below, then start. You may close the page while it runs.")
        return Move(_("Your move: start the screening"), what, yours=True)
    if state is ScreeningState.RUNNING:
        return Move(
            _("Being checked"), _("You may close this page; we tell you in your inbox when it is done.")
        )
    if state is ScreeningState.PAUSED:
        return Move(_("Paused"), _("Resume it whenever you like; nothing checked is lost."), yours=True)
    return _move_after(screening)


def _move_after(screening: Screening) -> Move:
    waiting = open_rows(screening) if screening.state == ScreeningState.DONE else 0
    if waiting:
        return Move(
            ngettext("Your move: resolve %(n)s row", "Your move: resolve %(n)s rows", waiting)
            % {"n": waiting},
            _("Some rows are only like an agency. Say which one is meant, or that none is."),
            yours=True,
            act_label=_("Resolve"),
            act_url=reverse("screenings:resolve", args=[screening.pk]),
        )
    return Move(_("Nothing to do"), _("The result stays here and can be exported."), done=True)


def todos_for(user: User) -> list[Todo]:
    """Screenings that wait for a person."""
    waiting = [ScreeningState.UPLOADED, ScreeningState.MAPPED, ScreeningState.READY, ScreeningState.PAUSED]
    unresolved = RowOutcome.objects.filter(screening_id=OuterRef("pk"), result=RowResult.TO_RESOLVE)
    rows = screenings_visible_to(user).filter(
        Q(state__in=waiting) | (Q(state=ScreeningState.DONE) & Exists(unresolved))
    )
    return [
        Todo(
            title=_("Screening: %(title)s") % {"title": row.title},
            url=reverse("screenings:screening", args=[row.pk]),
            what=str(move_for(row).who),
            icon="list-search",
        )
        for row in rows[:20]
    ]


def agencies_found(screening_id: UUID) -> QuerySet[RowOutcome, UUID]:
    """The ids of the agencies that rows were found to mean, by the search or by a person. For whoever may see it."""
    meant = Coalesce("chosen__agency_id", "fact__agency_id", "agency_id")
    found = RowOutcome.objects.filter(screening_id=screening_id, result__in=FOUND).annotate(meant=meant)
    return found.filter(meant__isnull=False).order_by().values_list("meant", flat=True)
