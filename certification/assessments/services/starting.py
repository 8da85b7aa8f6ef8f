"""Beginning a self-assessment: one empty answer per indicator, or last time's where the question is the same."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.assessments import selectors
from certification.assessments.models import Answer, AnswerEvidence, Assessment
from certification.assessments.permissions import works_for
from certification.standard import selectors as standard
from certification.standard.models import Edition
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import TransitionRefused
from iris.core.fsm import lock

CARRIED = ("value", "maturity", "reason", "comment", "plan_action", "plan_owner", "plan_due_on")


@transaction.atomic
def start_assessment(agency_id: UUID, actor: User) -> Assessment:
    """Begin a self-assessment, or give back the one that is open already (a double click starts nothing twice)."""
    agency = lock(Agency, agency_id)
    if not works_for(agency, actor):
        raise Agency.DoesNotExist
    existing = selectors.open_assessment(agency)
    if existing:
        return existing
    edition = standard.current_edition()
    if edition is None:
        raise TransitionRefused(_("No edition of the Standard is in force today."), code="no_edition")
    last = selectors.last_frozen(agency)
    assessment = Assessment.objects.create(
        agency=agency,
        edition=edition,
        cycle=last.cycle + 1 if last else 1,
        previous=last,
        started_by=actor,
        due_on=clocks.deadline(clocks.today(), "assessment_target_days"),
    )
    _fill(assessment, edition, last)
    events.record(
        assessment, act="started", actor=actor, data={"edition": edition.number, "cycle": assessment.cycle}
    )
    return assessment


def _fill(assessment: Assessment, edition: Edition, last: Assessment | None) -> None:
    """Last time's answer where the question is the same, and its documents but those that have ended or been replaced.

    A document that has ended is not carried in silence: the page of what changed lists it, because `before` shows it
    and the new answer does not. One that has a newer version is carried as its newest version.
    """
    today = clocks.today()
    answers = {i.code: Answer(assessment=assessment, indicator=i) for i in standard.indicators_of(edition)}
    links: list[AnswerEvidence] = []
    if last is not None:
        old = last.answers.select_related("indicator").prefetch_related("evidence_links__evidence")
        newest = selectors.newest_versions(assessment.agency)
        goes_on = {} if last.edition_id == edition.pk else standard.successors(last.edition, edition)
        for before in old:
            answer = answers.get(goes_on.get(before.indicator.code, before.indicator.code))
            if answer is not None and before.indicator.question == answer.indicator.question:
                for name in CARRIED:
                    setattr(answer, name, getattr(before, name))
                answer.carried = bool(before.value)
                answer.before = before
                shown = {newest.get(link.evidence_id, link.evidence) for link in before.evidence_links.all()}
                links += [
                    AnswerEvidence(answer=answer, evidence=document)
                    for document in shown
                    if not document.valid_until or document.valid_until >= today
                ]
    Answer.objects.bulk_create(answers.values())
    AnswerEvidence.objects.bulk_create(links)
