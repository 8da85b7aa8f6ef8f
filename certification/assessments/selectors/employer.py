"""The employer's word on the lines of a job order: who was asked, what was said, where nothing was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.assessments.models import (
    Assessment,
    CostLine,
    EmployerRequest,
    EmployerStatement,
    JobOrder,
)
from certification.assessments.selectors.reading import assessments_visible_to
from certification.assessments.states import AssessmentState, Category, EmployerWord, Verdict
from iris.accounts.models import User
from iris.core.moves import Todo

MAY_ANSWER = "sourcing_manager"


@dataclass(frozen=True)
class LineWord:
    """The employer's word on one line: where it stands, the answer it rests on, and how often it was given."""

    word: EmployerWord
    statement: EmployerStatement | None = None
    earlier: list[EmployerStatement] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether an answer is still wanted."""
        return self.word in (EmployerWord.WAITING, EmployerWord.SILENT, EmployerWord.OUTDATED)


@dataclass(frozen=True)
class OrderWord:
    """The employer's word on a job order."""

    request: EmployerRequest | None
    by_line: dict[UUID, LineWord]
    gone: list[EmployerStatement]  # answers on lines that the agency has taken out since

    @property
    def disputed(self) -> int:
        """How many lines stand disputed."""
        return sum(word.word == EmployerWord.DISPUTED for word in self.by_line.values())

    @property
    def confirmed(self) -> int:
        """How many lines the employer confirms."""
        return sum(word.word == EmployerWord.CONFIRMED for word in self.by_line.values())

    @property
    def unanswered(self) -> int:
        """How many lines wait for an answer, in time or not."""
        return sum(word.open for word in self.by_line.values())


def requests_of(assessment: Assessment) -> dict[str, EmployerRequest]:
    """The standing request per job order's number; one made for an earlier revision of the cycle goes on standing."""
    rows = (
        EmployerRequest.objects.filter(
            job_order__assessment__agency_id=assessment.agency_id,
            job_order__assessment__cycle=assessment.cycle,
            job_order__assessment__revision__lte=assessment.revision,
            withdrawn_at=None,
        )
        .select_related("organisation", "job_order", "asked_by")
        .prefetch_related(_statements())
        .order_by("job_order__assessment__revision")
    )
    return {row.job_order.reference.lower(): row for row in rows}


def _statements() -> Prefetch[str]:
    return Prefetch("statements", queryset=EmployerStatement.objects.select_related("said_by", "proof"))


def order_word(request: EmployerRequest | None, lines: Sequence[CostLine]) -> OrderWord:
    """What the employer says of these lines."""
    if request is None:
        return OrderWord(None, {line.pk: LineWord(EmployerWord.NOT_ASKED) for line in lines}, [])
    said = list(request.statements.all())
    ids, prints = {line.pk for line in lines}, {line.fingerprint for line in lines}
    by_line = {line.pk: _line_word(request, line, said, ids) for line in lines}
    gone = {one.line_id: one for one in said if one.line_id not in ids and one.fingerprint not in prints}
    return OrderWord(request, by_line, list(gone.values()))


def _line_word(
    request: EmployerRequest, line: CostLine, said: list[EmployerStatement], ids: set[UUID]
) -> LineWord:
    """An answer is about the line it was given on; one of an earlier revision about the line that reads alike."""
    about = [
        one
        for one in said
        if one.line_id == line.pk or (one.line_id not in ids and one.fingerprint == line.fingerprint)
    ]
    now = [one for one in about if one.fingerprint == line.fingerprint]
    if now:
        word = EmployerWord.CONFIRMED if now[-1].verdict == Verdict.CONFIRMED else EmployerWord.DISPUTED
        return LineWord(word, now[-1], [one for one in about if one.pk != now[-1].pk])
    if about:
        return LineWord(EmployerWord.OUTDATED, about[-1], about[:-1])
    return LineWord(EmployerWord.SILENT if request.late else EmployerWord.WAITING)


def requests_visible_to(user: User | AnonymousUser) -> QuerySet[EmployerRequest]:
    """An employer sees the standing requests made of it, nobody else's."""
    rows = EmployerRequest.objects.filter(withdrawn_at=None).select_related(
        "organisation", "job_order__assessment__agency", "asked_by"
    )
    if not isinstance(user, User) or user.organisation is None or not user.is_kind("employer"):
        return rows.none()
    return rows.filter(organisation=user.organisation).order_by("due_on", "created_at")


@dataclass(frozen=True)
class Asked:
    """A request with the job order as it stands now, its lines and what was said of them."""

    request: EmployerRequest
    order: JobOrder
    lines: list[CostLine]
    word: OrderWord

    @property
    def rows(self) -> list[tuple[CostLine, LineWord]]:
        """Each line with the employer's word on it."""
        return [(line, self.word.by_line[line.pk]) for line in self.lines]


def with_lines(requests: QuerySet[EmployerRequest]) -> list[Asked]:
    """Requests with the lines they are about and what was said so far: three queries more."""
    rows = list(requests.prefetch_related(_statements()))
    orders = _orders_now(rows)
    lines: dict[UUID, list[CostLine]] = defaultdict(list)
    found = CostLine.objects.filter(job_order__in=[order.pk for order in orders.values()])
    order_of = {kind.value: place for place, kind in enumerate(Category)}
    for line in sorted(found, key=lambda line: (order_of[line.category], line.created_at)):
        lines[line.job_order_id].append(line)
    return [
        Asked(row, order, lines[order.pk], order_word(row, lines[order.pk]))
        for row, order in ((row, orders[row.pk]) for row in rows)
    ]


def _orders_now(requests: Sequence[EmployerRequest]) -> dict[UUID, JobOrder]:
    """The job order of each request in the newest revision of its self-assessment."""
    firsts = [row.job_order for row in requests]
    found = (
        JobOrder.objects.filter(
            assessment__agency__in={order.assessment.agency_id for order in firsts},
            reference__in={order.reference for order in firsts},
        )
        .exclude(assessment__state=AssessmentState.WITHDRAWN)
        .select_related("assessment__agency")
        .order_by("assessment__revision")
    )
    newest = {(row.assessment.agency_id, row.assessment.cycle, row.reference): row for row in found}
    return {
        row.pk: newest.get(
            (row.job_order.assessment.agency_id, row.job_order.assessment.cycle, row.job_order.reference),
            row.job_order,
        )
        for row in requests
    }


def statements_visible_to(user: User | AnonymousUser) -> QuerySet[EmployerStatement]:
    """Those on the employer's own requests; for others those on assessments they may read, later revisions included."""
    rows = EmployerStatement.objects.select_related("proof", "request")
    if not isinstance(user, User):
        return rows.none()
    if user.is_kind("employer"):
        return rows.filter(request__in=requests_visible_to(user).values("pk"))
    readable = assessments_visible_to(user).filter(
        agency=OuterRef("request__job_order__assessment__agency"),
        cycle=OuterRef("request__job_order__assessment__cycle"),
    )
    return rows.filter(Exists(readable.order_by()))


def employer_todos_for(user: User) -> list[Todo]:
    """Job orders whose costs wait for the employer's word."""
    if not user.is_kind("employer") or user.role != MAY_ANSWER:
        return []
    todos = []
    for asked in with_lines(requests_visible_to(user)):
        n, order, request = asked.word.unanswered, asked.order, asked.request
        if not n:
            continue
        title = ngettext(
            "Confirm %(n)s cost of job order %(ref)s", "Confirm %(n)s costs of job order %(ref)s", n
        )
        what = _("%(agency)s says what was paid for your workers. Confirm it or say what is wrong.")
        todos.append(
            Todo(
                title=title % {"n": n, "ref": order.reference},
                url=reverse("assessments:employer_order", args=[request.pk]),
                what=what % {"agency": order.assessment.agency.legal_name},
                due=request.due_on,
                icon="receipt",
            )
        )
    return todos
