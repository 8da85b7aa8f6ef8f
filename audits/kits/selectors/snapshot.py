"""What a kit takes along: everything people write in on site, and what they read beside it. Names of workers: none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.states import IntervieweeKind, Stage
from audits.findings.models import Finding
from audits.findings.states import FindingState
from audits.sampling.selectors import statement
from certification.assessments.models import Answer
from certification.standard.models import Indicator
from iris.core.days import moment_in_words

from ..models import SeenItem
from ..rules import shape

Rows = dict[str, dict[str, str]]


def indicators_of(audit: Audit) -> list[Indicator]:
    """The indicators of the audited edition in their order: a finding may be raised on any of them."""
    return list(
        Indicator.objects.filter(criterion__principle__edition_id=audit.assessment.edition_id)
        .select_related("criterion__principle")
        .order_by("criterion__principle__order", "criterion__order", "order")
    )


def editable(audit: Audit, indicators: list[Indicator] | None = None) -> Rows:
    """What can be written in a kit, as it is here now: row -> column -> text."""
    indicators = indicators if indicators is not None else indicators_of(audit)
    codes = {one.pk: one.code for one in indicators}
    return (
        _ratings(audit, indicators) | _drafts(audit) | _interviews(audit) | _seen(audit, codes) | _new_rows()
    )


def _ratings(audit: Audit, indicators: list[Indicator]) -> Rows:
    notes = {one.indicator_id: one for one in audit.notes.filter(stage=Stage.SITE)}
    in_scope = set(audit.indicators_in_scope().values_list("pk", flat=True))
    rows: Rows = {}
    for indicator in [one for one in indicators if one.pk in in_scope or one.pk in notes]:
        note = notes.get(indicator.pk)
        rows[shape.row_id(shape.RATING, indicator.code)] = {
            "rating": note.rating if note else "",
            "note": shape.tidy(note.note) if note else "",
        }
    return rows


def _drafts(audit: Audit) -> Rows:
    names = ("grade", "title", "statement", "evidence", "grade_reason")
    drafts = Finding.objects.filter(audit=audit, state=FindingState.DRAFT).order_by("number")
    return {
        shape.row_id(shape.FINDING, draft.pk): {name: shape.tidy(getattr(draft, name)) for name in names}
        for draft in drafts
    }


def _interviews(audit: Audit) -> Rows:
    counts = {one.kind: one for one in audit.interviews.all()}
    rows: Rows = {}
    for kind in IntervieweeKind:
        count = counts.get(kind)
        rows[shape.row_id(shape.INTERVIEW, kind)] = {
            "held": str(count.held) if count else "",
            "note": shape.tidy(count.note) if count else "",
        }
    return rows


def _seen(audit: Audit, codes: dict[UUID, str]) -> Rows:
    return {
        shape.row_id(shape.EVIDENCE, item.pk): {
            "indicator": codes.get(item.indicator_id, "") if item.indicator_id else "",
            "what": shape.tidy(item.what),
            "file_name": shape.tidy(item.file_name),
            "taken_on": item.taken_on.isoformat() if item.taken_on else "",
        }
        for item in SeenItem.objects.filter(audit=audit, evidence=None)
    }


def _new_rows() -> Rows:
    found: Rows = {}
    for kind in (shape.FINDING, shape.EVIDENCE):
        open_ones = [column.name for column in shape.BY_KIND[kind].columns if column.open]
        for n in range(1, shape.NEW_ROWS + 1):
            found[shape.row_id(kind, f"new-{n:02}")] = dict.fromkeys(open_ones, "")
    return found


def snapshot(audit: Audit) -> dict[str, Any]:
    """The base of a kit: what can be written, what is shown beside it, and what the first sheet says."""
    indicators = indicators_of(audit)
    rows, shown = editable(audit, indicators), _shown(audit, indicators)
    for row, columns in rows.items():
        for name in [name for name, text in columns.items() if not shape.fits(text)]:
            shown.setdefault(row, {})[name] = columns.pop(name)[: shape.LONGEST]
    return {
        "rows": rows,
        "order": list(rows),  # the database keeps what a row is called, not where it stands
        "shown": shown,
        "codes": [one.code for one in indicators],
        "principles": {one.code: one.criterion.principle.code for one in indicators},
        "about": _about(audit),
        "guide": _guide(audit),
    }


def _about(audit: Audit) -> dict[str, str]:
    return {
        "audit": audit.number,
        "agency": shape.tidy(audit.agency.legal_name),
        "firm": shape.tidy(audit.firm.organisation.name),
        "edition": audit.assessment.edition.title,
    }


def _guide(audit: Audit) -> list[str]:
    """What was drawn, by stratum; never a name, a contact or a reference."""
    told = statement(audit)
    lines: list[str] = []
    for one in told.samples:
        words = {"what": one.what, "drawn": one.drawn, "population": one.population}
        lines += ["", _("%(what)s: %(drawn)s of %(population)s.") % words, str(one.rule_text)]
        lines += [f"   {row.label}: {row.drawn} / {row.population}" for row in one.strata]
    lines += [f"{kind}: {why}" for kind, why in told.not_drawn]
    return [shape.tidy(line)[: shape.LONGEST] for line in lines]


def _shown(audit: Audit, indicators: list[Indicator]) -> Rows:
    answers = {one.indicator_id: one for one in Answer.objects.filter(assessment_id=audit.assessment.pk)}
    desk = {one.indicator_id: one for one in audit.notes.filter(stage=Stage.DESK)}
    rows: Rows = {}
    for one in indicators:
        note = desk.get(one.pk)
        rows[shape.row_id(shape.RATING, one.code)] = {
            "code": one.code,
            "question": _fit(one.question or one.text),
            "answer": _fit(_answer_words(answers.get(one.pk))),
            "rating1": str(note.get_rating_display()) if note else "",
            "note1": _fit(note.note) if note else "",
        }
    for draft in Finding.objects.filter(audit=audit, state=FindingState.DRAFT).select_related("indicator"):
        words = {"number": _("draft %s") % draft.number, "indicator": draft.indicator.code}
        rows[shape.row_id(shape.FINDING, draft.pk)] = words
    for kind in IntervieweeKind:
        rows[shape.row_id(shape.INTERVIEW, kind)] = {"whom": str(kind.label)}
    for n, item in enumerate(SeenItem.objects.filter(audit=audit, evidence=None), start=1):
        rows[shape.row_id(shape.EVIDENCE, item.pk)] = {"number": str(n)}
    for row in _new_rows():
        rows[row] = {"number": _("new")}
    return rows


def _fit(text: str) -> str:
    return shape.tidy(text)[: shape.LONGEST]


def _answer_words(answer: Answer | None) -> str:
    if answer is None or not answer.value:
        return _("not answered")
    level = _("maturity %s of 4") % answer.maturity if answer.maturity is not None else ""
    first = ", ".join(word for word in (str(answer.get_value_display()), level) if word)
    return "\n".join(word for word in (first, answer.reason, answer.comment) if word)


def day_words(value: Any) -> str:
    """A day and time in words, for the first sheet."""
    return str(moment_in_words(value)) + " UTC"
