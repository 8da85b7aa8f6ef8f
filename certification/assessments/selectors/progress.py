"""How far an assessment is, whose move it is, what is left, and who works on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.assessments import rules
from certification.assessments.models import Answer, Assessment, Evidence
from certification.assessments.selectors.ledger import LedgerOrder, ledger
from certification.assessments.selectors.reading import answers_with_evidence
from certification.assessments.states import OPEN_STATES, AssessmentState
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.moves import Move, Todo


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before the declaration, with the page where it is put right."""

    text: str
    url: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PrincipleProgress:
    """One row of the task list."""

    code: str
    title: str
    answered: int
    total: int
    lines_to_answer: int
    expiring: list[Evidence]
    carried: int
    answered_by: list[str]
    url: str

    @property
    def state(self) -> str:
        """done, started, todo, blocked (a cost waits for an answer) or check (a document runs out)."""
        if self.lines_to_answer:
            return "blocked"
        if self.answered < self.total:
            return "started" if self.answered else "todo"
        return "check" if self.expiring or self.carried else "done"


@dataclass(frozen=True)
class Worker:
    """A colleague who works on it, and what they did last."""

    name: str
    what: str
    at: dt.datetime


@dataclass(frozen=True)
class Progress:
    """Everything the task list shows."""

    principles: list[PrincipleProgress]
    orders: list[LedgerOrder]
    answered: int
    total: int
    lines_to_answer: int
    worker_borne: int
    without_evidence: int
    expiring: list[Evidence]
    carried: int
    workers: list[Worker]
    saved_at: dt.datetime | None
    next_url: str

    @property
    def left(self) -> int:
        """Indicators that still need an answer."""
        return self.total - self.answered

    @property
    def percent(self) -> int:
        """Share of indicators answered, rounded down so that 100 means all."""
        return self.answered * 100 // self.total if self.total else 0

    @property
    def complete(self) -> bool:
        """Whether every indicator and every worker-borne cost is answered and the ledger is not empty."""
        return (
            not self.left
            and not self.carried
            and not self.lines_to_answer
            and bool(self.orders)
            and all(o.lines for o in self.orders)
        )


def missing_for_freeze(assessment: Assessment) -> list[Missing]:
    """What is missing before the assessment may be declared, each with a link; empty when it may."""
    return [
        Missing(text=thing.text, url=_url_of(assessment, thing))
        for thing in rules.missing_for_freeze(assessment)
    ]


def _url_of(assessment: Assessment, thing: rules.MissingThing) -> str:
    if thing.code == "worker_borne":
        return reverse("assessments:line_answer", args=[assessment.pk, thing.line_id])
    if thing.code == "indicators":
        return (
            reverse("assessments:questions", args=[assessment.pk]) + f"?show=open&principle={thing.principle}"
        )
    if thing.code in ("carried", "flagged"):
        return reverse("assessments:questions", args=[assessment.pk]) + f"?show={thing.code}"
    return reverse("assessments:ledger", args=[assessment.pk])


def progress(assessment: Assessment) -> Progress:
    """Where the assessment stands, read in six queries whatever its size. A reopened one counts what was asked."""
    answers = list(answers_with_evidence(assessment))
    if assessment.is_reopened:
        answers = [answer for answer in answers if answer.flagged]
    orders = ledger(assessment)
    to_answer = sum(len(order.to_answer) for order in orders)
    expiring = expiring_in(answers)
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.principle_code, []).append(answer)
    return Progress(
        principles=[_principle(assessment, group, to_answer) for group in groups.values()],
        orders=orders,
        answered=sum(_counts(answer) for answer in answers),
        total=len(answers),
        lines_to_answer=to_answer,
        worker_borne=sum(len(order.worker_borne) for order in orders),
        without_evidence=sum(_lacks_evidence(answer) for answer in answers),
        expiring=expiring,
        carried=sum(answer.carried for answer in answers),
        workers=_workers(answers),
        saved_at=max((answer.updated_at for answer in answers if answer.updated_at), default=None),
        next_url=_next_url(assessment, answers),
    )


def _counts(answer: Answer) -> bool:
    """Whether it counts as answered: one that the scheme asked again counts when it was looked at since."""
    return answer.answered and not (answer.flagged and answer.carried)


def _lacks_evidence(answer: Answer) -> bool:
    """A yes or partly that nothing proves yet."""
    return answer.value in ("yes", "partly") and not answer.evidence.all()


def expiring_in(answers: list[Answer]) -> list[Evidence]:
    """Documents shown in these answers that have run out or run out within the warning time, the first to end first."""
    limit = clocks.deadline(clocks.today(), "evidence_expiry_warning_days")
    found: dict[UUID, Evidence] = {}
    for answer in answers:
        for document in answer.evidence.all():
            if document.valid_until and document.valid_until <= limit:
                found[document.pk] = document
    return sorted(found.values(), key=lambda document: document.valid_until or limit)


def _principle(assessment: Assessment, answers: list[Answer], to_answer: int) -> PrincipleProgress:
    principle = answers[0].indicator.criterion.principle
    first_open = next((answer for answer in answers if not rules.is_done(answer)), answers[0])
    people = {answer.updated_by.label for answer in answers if answer.updated_by}
    return PrincipleProgress(
        code=principle.code,
        title=principle.title,
        answered=sum(_counts(answer) for answer in answers),
        total=len(answers),
        lines_to_answer=to_answer if principle.code == rules.LEDGER_PRINCIPLE else 0,
        expiring=expiring_in(answers),
        carried=sum(answer.carried for answer in answers),
        answered_by=sorted(people),
        url=reverse("assessments:criterion", args=[assessment.pk, first_open.indicator.criterion.code]),
    )


def _workers(answers: list[Answer]) -> list[Worker]:
    """The last thing each colleague did or was asked, newest first."""
    last: dict[UUID, Worker] = {}
    for answer in answers:
        if answer.updated_by and answer.updated_at:
            what = _("principle %(code)s") % {"code": answer.principle_code}
            _keep(last, answer.updated_by, what, answer.updated_at)
        if answer.owner and answer.asked_at and not answer.answered:
            what = _("asked about principle %(code)s") % {"code": answer.principle_code}
            _keep(last, answer.owner, what, answer.asked_at)
    return sorted(last.values(), key=lambda worker: worker.at, reverse=True)


def _keep(last: dict[UUID, Worker], person: User, what: str, at: dt.datetime) -> None:
    known = last.get(person.pk)
    if known is None or at > known.at:
        last[person.pk] = Worker(name=person.label, what=what, at=at)


def _next_url(assessment: Assessment, answers: list[Answer]) -> str:
    first = next((answer for answer in answers if not answer.answered), None) or next(
        (answer for answer in answers if answer.carried), None
    )
    if first is None:
        return ""
    code = first.indicator.criterion.code
    return reverse("assessments:criterion", args=[assessment.pk, code]) + f"#{first.indicator.code}"


def move_for(assessment: Assessment, found: Progress) -> Move:
    """Whose move it is and what happens next."""
    if assessment.state not in OPEN_STATES:
        return _declared_move(assessment)
    if assessment.is_reopened:
        return _reopened_move(assessment, found)
    review = clocks.number("application_review_days")
    after = _(
        "When they are answered you declare and send. The scheme then looks at it within %(n)s days."
    ) % {"n": review}
    if found.complete:
        return Move(
            who=_("Your move: declare and send"),
            what=_("Everything is answered. The scheme looks at it within %(n)s days after the fee is paid.")
            % {"n": review},
            yours=True,
            due=assessment.due_on,
        )
    return Move(
        who=_("Your move: %(left)s") % {"left": _left_words(found)},
        what=after,
        yours=True,
        due=assessment.due_on,
    )


def _reopened_move(assessment: Assessment, found: Progress) -> Move:
    if found.complete:
        return Move(
            who=_("Your move: declare again and send"),
            what=_(
                "Everything the scheme asked is answered. The signatory declares it anew with the application."
            ),
            yours=True,
            due=assessment.due_on,
        )
    n = found.total - found.answered
    who = ngettext(
        "Your move: %(n)s question the scheme asked again",
        "Your move: %(n)s questions the scheme asked again",
        n,
    ) % {"n": n}
    if not n:
        who = _("Your move: the cost ledger")
    return Move(who=who, what=assessment.reopen_reason, yours=True, due=assessment.due_on)


def _declared_move(assessment: Assessment) -> Move:
    if assessment.withdrawn_at:
        return Move(
            who=_("Taken back: nothing to do here"),
            what=_("The scheme needs no new answers any more. What you declared before stands."),
            done=True,
        )
    when = in_words(assessment.frozen_at) if assessment.frozen_at else ""
    words = {"who": assessment.declaration_name, "role": assessment.declaration_role, "when": when}
    return Move(
        who=_("Declared on %(when)s: nothing to do here") % words,
        what=_("%(who)s, %(role)s, declared it true. Since then nothing of it can change.") % words,
        done=True,
    )


def _left_words(found: Progress) -> str:
    parts = []
    if found.left:
        parts.append(ngettext("%(n)s indicator", "%(n)s indicators", found.left) % {"n": found.left})
    if found.carried:
        n = found.carried
        parts.append(ngettext("%(n)s answer from last time", "%(n)s answers from last time", n) % {"n": n})
    if found.lines_to_answer:
        n = found.lines_to_answer
        parts.append(ngettext("%(n)s ledger line", "%(n)s ledger lines", n) % {"n": n})
    if not found.orders:
        parts.append(_("the cost ledger"))
    elif not parts:
        parts.append(_("the costs of a job order"))
    joined = (
        _(" and ").join(parts)
        if len(parts) < 3
        else _("%(first)s and %(last)s")
        % {
            "first": ", ".join(parts[:-1]),
            "last": parts[-1],
        }
    )
    one = found.left + found.lines_to_answer + found.carried == 1 and len(parts) == 1
    return (
        _("%(things)s is left") % {"things": joined} if one else _("%(things)s are left") % {"things": joined}
    )


def todos_for(user: User) -> list[Todo]:
    """What the self-assessment asks of this person now."""
    if not user.is_kind("agency") or user.organisation is None:
        return []
    assessment = (
        Assessment.objects.filter(agency__organisation=user.organisation, state__in=OPEN_STATES)
        .select_related("agency", "edition")
        .first()
    )
    if assessment is None:
        return []
    found = progress(assessment)
    url = reverse("assessments:assessment", args=[assessment.pk])
    todos = _asked_of(user, assessment)
    if found.lines_to_answer:
        todos.append(
            Todo(
                title=_("Answer the cost that workers paid"),
                url=reverse("assessments:ledger", args=[assessment.pk]),
                what=_(
                    "Say what happened and how it is repaid. Until then the self-assessment cannot be sent."
                ),
                icon="coin",
            )
        )
    if found.complete and assessment.state == AssessmentState.DRAFT:
        return todos
    if assessment.is_reopened:
        return [*todos, _asked_again(assessment, found, url)]
    todos.append(
        Todo(
            title=_("Finish the self-assessment"),
            url=found.next_url or url,
            what=_("%(done)s of %(total)s indicators answered.")
            % {"done": found.answered, "total": found.total},
            due=assessment.due_on,
            icon="checklist",
        )
    )
    return todos


def _asked_again(assessment: Assessment, found: Progress, url: str) -> Todo:
    return Todo(
        title=_("Declare the reopened self-assessment again")
        if found.complete
        else _("Answer what the scheme asked again"),
        url=found.next_url or url,
        what=_("%(done)s of %(total)s questions done. Everything else stays as declared.")
        % {"done": found.answered, "total": found.total},
        due=assessment.due_on,
        icon="message-question",
    )


def _asked_of(user: User, assessment: Assessment) -> list[Todo]:
    mine = [
        answer for answer in assessment.answers_in_order().filter(owner=user) if not rules.is_done(answer)
    ]
    if not mine:
        return []
    url = reverse("assessments:mine", args=[assessment.pk])
    title = ngettext(
        "Answer %(n)s question you were asked", "Answer %(n)s questions you were asked", len(mine)
    )
    due = min((answer.due_on for answer in mine if answer.due_on), default=None)
    return [Todo(title=title % {"n": len(mine)}, url=url, due=due, icon="message-question")]
