"""Copying a declared assessment, row by row, into its next revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from certification.assessments.models import (
    Answer,
    AnswerEvidence,
    Assessment,
    AssessmentReader,
    CostLine,
    Dismissal,
    JobOrder,
)

M = TypeVar("M", bound=models.Model)
NOT_COPIED = {"id", "created_at"}


def copied(row: M, **other: Any) -> M:
    """A new row with the same words; `other` names what differs. Fields added later are copied too."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in NOT_COPIED
    }
    return type(row)(**(values | other))


def copy_answers(old: Assessment, new: Assessment, notes: Mapping[UUID, str]) -> None:
    """Every answer with its documents; a flagged one waits to be looked at again."""
    answers, links = [], []
    for row in old.answers.prefetch_related("evidence_links"):
        note = notes.get(row.indicator_id, "")
        answer = copied(
            row,
            assessment_id=new.pk,
            before_id=row.pk,
            version=0,
            flagged=bool(note),
            flag_note=note,
            carried=bool(note),
            owner_id=None,
            due_on=None,
            asked_at=None,
            reminded_on=None,
        )
        answers.append(answer)
        links += [copied(link, answer_id=answer.pk) for link in row.evidence_links.all()]
    Answer.objects.bulk_create(answers)
    AnswerEvidence.objects.bulk_create(links)


def copy_ledger(old: Assessment, new: Assessment) -> None:
    """Every job order with its costs, as declared."""
    orders, lines = [], []
    for row in old.job_orders_in_order():
        order = copied(row, assessment_id=new.pk)
        orders.append(order)
        lines += [copied(line, job_order_id=order.pk) for line in row.cost_lines.all()]
    JobOrder.objects.bulk_create(orders)
    CostLine.objects.bulk_create(lines)


def copy_dismissals(old: Assessment, new: Assessment) -> None:
    """Warnings put aside stay so, with their reasons."""
    Dismissal.objects.bulk_create([copied(row, assessment_id=new.pk) for row in old.dismissals.all()])


def copy_readers(old: Assessment, new: Assessment) -> None:
    """Whoever read the last revision reads the next, once it is declared."""
    AssessmentReader.objects.bulk_create(
        [copied(row, assessment_id=new.pk) for row in old.readers.all()], ignore_conflicts=True
    )
