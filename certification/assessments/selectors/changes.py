"""What changed since the last declared self-assessment, question by question: then and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.assessments.models import Answer, Assessment, Evidence
from certification.assessments.selectors.reading import answers_with_evidence
from certification.standard.models import Criterion

WAITING, CHANGED, SAME, NEW = "waiting", "changed", "same", "new"


@dataclass(frozen=True)
class Difference:
    """One part of an answer that is not as it was."""

    name: StrOrPromise
    then: StrOrPromise
    now: StrOrPromise


@dataclass
class Change:
    """One question: what it says now, what it said then, and whether somebody has looked at it since."""

    answer: Answer
    kind: str  # waiting (copied, nobody has looked) | changed | same (looked at, still true) | new
    differences: list[Difference] = field(default_factory=list)
    ended: list[Evidence] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether it still has to be confirmed or changed."""
        return self.answer.carried


@dataclass
class Section:
    """The changes under one criterion."""

    criterion: Criterion
    changes: list[Change] = field(default_factory=list)

    @property
    def waiting(self) -> list[Change]:
        """Those that nobody has looked at yet."""
        return [change for change in self.changes if change.waits]


def changes(assessment: Assessment) -> list[Change]:
    """Every question with what it said before: four queries whatever their number."""
    documents = Evidence.objects.select_related("file").order_by("title")
    before = Answer.objects.prefetch_related(Prefetch("evidence", queryset=documents))
    rows = answers_with_evidence(assessment).prefetch_related(Prefetch("before", queryset=before))
    return [_change(answer) for answer in rows]


def ended_documents(found: Iterable[Change]) -> list[Evidence]:
    """Documents of last time that had ended when this one began, each once: they were not carried."""
    return sorted({row for change in found for row in change.ended}, key=lambda row: row.title)


def by_section(found: Iterable[Change]) -> list[Section]:
    """The changes by criterion, in the order of the Standard."""
    sections: dict[str, Section] = {}
    for change in found:
        criterion = change.answer.indicator.criterion
        sections.setdefault(criterion.code, Section(criterion)).changes.append(change)
    return list(sections.values())


def _change(answer: Answer) -> Change:
    before = answer.before
    if before is None:
        return Change(answer, NEW)
    differences = _differences(before, answer)
    kind = CHANGED if differences else SAME
    return Change(answer, WAITING if answer.carried else kind, differences, _ended(before, answer))


def _differences(then: Answer, now: Answer) -> list[Difference]:
    pairs: list[tuple[str, StrOrPromise, StrOrPromise]] = [
        (_("Answer"), then.get_value_display(), now.get_value_display()),
        (_("How firmly"), _level(then), _level(now)),
        (_("Why it does not apply"), then.reason, now.reason),
        (_("Comment"), then.comment, now.comment),
        (_("Documents"), _titles(then), _titles(now)),
    ]
    return [Difference(name, before, after) for name, before, after in pairs if before != after]


def _level(answer: Answer) -> str:
    return "" if answer.maturity is None else f"{answer.maturity}. {answer.get_maturity_display()}"


def _titles(answer: Answer) -> str:
    return "; ".join(version_title(document) for document in answer.evidence.all())


def version_title(document: Evidence) -> str:
    """The title, with its version where there was one before."""
    if document.number == 1:
        return document.title
    return _("%(title)s, version %(n)s") % {"title": document.title, "n": document.number}


def _ended(then: Answer, now: Answer) -> list[Evidence]:
    """Documents shown then and not now because their last day had passed when this assessment began."""
    kept = {document.pk for document in now.evidence.all()}
    began = now.created_at.date()
    return [
        document
        for document in then.evidence.all()
        if document.pk not in kept and document.valid_until and document.valid_until < began
    ]
