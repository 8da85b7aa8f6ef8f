"""Lists, progress and rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.accounts.models import User
from iris.core import files, sheets
from iris.core.moves import Move, Todo
from supplychain.screenings.models import Screening, ScreeningRow
from supplychain.screenings.permissions import may_screen
from supplychain.screenings.states import RowResult, RowStatus, ScreeningState


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
    rows = Screening.objects.select_related("person", "file")
    organisation = user.organisation if user.is_authenticated and may_screen(user) else None
    return rows.filter(organisation=organisation) if organisation else rows.none()


def with_counts(rows: QuerySet[Screening]) -> QuerySet[Screening]:
    """The same rows with total and done, in one query, the newest first: counting forgets the model's own order."""
    done = Q(rows__status__in=[RowStatus.DONE, RowStatus.FAILED])
    return rows.annotate(n_rows=Count("rows"), n_done=Count("rows", filter=done)).order_by("-created_at")


def progress_of(screening: Screening) -> Progress:
    """How far the work is."""
    counts = screening.rows.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(status=RowStatus.DONE)),
        failed=Count("pk", filter=Q(status=RowStatus.FAILED)),
    )
    return Progress(**counts)


def counts_by_result(screening: Screening) -> dict[str, int]:
    """How many rows came to each result."""
    counted = screening.rows.exclude(result="").values_list("result").annotate(n=Count("pk")).order_by()
    found: dict[str, int] = dict(counted)
    return {str(result): found.get(str(result), 0) for result in RowResult}


def rows_of(screening: Screening, result: str = "", text: str = "") -> QuerySet[ScreeningRow]:
    """The rows, filtered by result and by words in the name."""
    rows = screening.rows.select_related("agency", "resolved_by")
    if result:
        rows = rows.filter(result=result)
    if text:
        rows = rows.filter(name__icontains=text)
    return rows.order_by("number")


def table_of(screening: Screening, layout: dict[str, Any] | None = None) -> sheets.Table:
    """The uploaded file, read again with its layout or with another. Raises BadInput."""
    chosen = layout or screening.layout
    return sheets.read(files.read(screening.file), sheets.Layout(**{**chosen, "notes": (), "sheets": ()}))


def move_for(screening: Screening) -> Move:
    """Whose move it is."""
    url = reverse("screenings:screening", args=[screening.pk])
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
    if state is ScreeningState.READY:
        what = _("Look at the rows below, then start. You may close the page while it runs.")
        return Move(_("Your move: start the screening"), what, yours=True)
    if state is ScreeningState.RUNNING:
        return Move(
            _("Being checked"), _("You may close this page; we tell you in your inbox when it is done.")
        )
    if state is ScreeningState.PAUSED:
        return Move(_("Paused"), _("Resume it whenever you like; nothing checked is lost."), yours=True)
    open_rows = screening.rows.filter(result=RowResult.TO_RESOLVE, resolution="").count()
    if open_rows and state is ScreeningState.DONE:
        return Move(
            ngettext("Your move: resolve %(n)s row", "Your move: resolve %(n)s rows", open_rows)
            % {"n": open_rows},
            _("Several names are alike. Say which agency is meant, or that none is."),
            yours=True,
            act_label=_("Resolve"),
            act_url=f"{url}?result={RowResult.TO_RESOLVE}",
        )
    return Move(_("Nothing to do"), _("The result stays here and can be exported."), done=True)


def todos_for(user: User) -> list[Todo]:
    """Screenings that wait for a person."""
    waiting = screenings_visible_to(user).filter(
        Q(
            state__in=[
                ScreeningState.UPLOADED,
                ScreeningState.MAPPED,
                ScreeningState.READY,
                ScreeningState.PAUSED,
            ]
        )
        | Q(state=ScreeningState.DONE, rows__result=RowResult.TO_RESOLVE, rows__resolution="")
    )
    return [
        Todo(
            title=_("Screening: %(title)s") % {"title": row.title},
            url=reverse("screenings:screening", args=[row.pk]),
            what=str(move_for(row).who),
            icon="list-search",
        )
        for row in waiting.distinct()[:20]
    ]
