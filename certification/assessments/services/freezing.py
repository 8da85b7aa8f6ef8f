"""Declaring an assessment true, which freezes it; and letting an audit firm read it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments import selectors
from certification.assessments.models import Assessment, AssessmentReader
from certification.assessments.permissions import may_share, works_for
from certification.assessments.services.copying import copy_readers
from certification.assessments.states import AssessmentState
from iris.accounts.models import Organisation, User
from iris.core import events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import Actor, act, lock

LONGEST_NAME = 200


@dataclass(frozen=True)
class Declaration:
    """Who declares the assessment true, in which function, and the words that were declared."""

    name: str
    role: str
    text: str


@transaction.atomic
def freeze_assessment(assessment_id: UUID, actor: User, declaration: Declaration) -> Assessment:
    """Declare an assessment true and freeze it with its edition, ledger and documents.

    Raises NotPermitted (only an authorised signatory declares), TransitionRefused with everything that is missing,
    Conflict (frozen already, by whom and when) and BadInput on `declaration_name` and `declaration_role`.
    """
    assessment = lock(Assessment, assessment_id)
    if not works_for(assessment.agency, actor):
        raise Assessment.DoesNotExist
    _check(declaration)
    act(
        assessment.freeze,
        actor=actor,
        name=declaration.name.strip(),
        role=declaration.role.strip(),
        text=declaration.text.strip(),
        content_hash=selectors.content_hash(assessment),
        data={"edition": assessment.edition.number, "cycle": assessment.cycle},
    )
    _supersede_older(assessment, actor)
    return assessment


def _supersede_older(assessment: Assessment, actor: User) -> None:
    if assessment.previous_id is None:
        return
    older = lock(Assessment, assessment.previous_id)
    if older.state == AssessmentState.FROZEN:
        act(older.supersede, actor=actor, data={"by": str(assessment.pk)})
    if older.cycle == assessment.cycle:
        copy_readers(older, assessment)


def _check(declaration: Declaration) -> None:
    wrong: dict[str, list[str]] = {}
    if not declaration.name.strip():
        wrong["declaration_name"] = [_("Write the full name of the person who declares.")]
    if not declaration.role.strip():
        wrong["declaration_role"] = [_("Write the function in which this person signs for the agency.")]
    if not declaration.text.strip():
        wrong["declaration_text"] = [_("The words of the declaration are missing.")]
    for name in ("name", "role"):
        if len(getattr(declaration, name)) > LONGEST_NAME:
            wrong[f"declaration_{name}"] = [_("At most %(most)s characters.") % {"most": LONGEST_NAME}]
    if wrong:
        raise BadInput(fields=wrong)


@transaction.atomic
def let_read(assessment_id: UUID, organisation: Organisation, actor: Actor) -> AssessmentReader:
    """Let an audit firm read a declared assessment. A second time changes nothing."""
    assessment = lock(Assessment, assessment_id)
    if isinstance(actor, User) and not may_share(assessment, actor):
        raise NotPermitted(_("An agency does not choose who reads its self-assessment; the scheme does."))
    reader, made = AssessmentReader.objects.get_or_create(assessment=assessment, organisation=organisation)
    if made:
        events.record(assessment, act="shared", actor=actor, data={"organisation": str(organisation.pk)})
    return reader
