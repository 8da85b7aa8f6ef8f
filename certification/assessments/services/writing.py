"""The one way to get hold of an assessment for a change: locked, open, and by someone who may."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from certification.assessments.models import Assessment
from certification.assessments.permissions import may_write, works_for
from iris.accounts.models import User
from iris.core.days import in_words
from iris.core.errors import Conflict, NotPermitted
from iris.core.fsm import lock


def open_for(assessment_id: UUID, actor: User) -> Assessment:
    """The locked assessment, or a refusal.

    Someone outside the agency is told that it does not exist; a frozen one says when and by whom it was declared.
    """
    assessment = lock(Assessment, assessment_id)
    if not works_for(assessment.agency, actor):
        raise Assessment.DoesNotExist
    if not may_write(assessment, actor):
        raise NotPermitted(_("Your role does not allow changing the self-assessment."))
    if not assessment.is_open:
        raise _frozen(assessment)
    return assessment


def _frozen(assessment: Assessment) -> Conflict:
    if assessment.withdrawn_at:
        return Conflict(
            _("The scheme took this reopening back on %(when)s. What you declared before stands.")
            % {"when": in_words(assessment.withdrawn_at)},
            code="reopening_withdrawn",
        )
    when = in_words(assessment.frozen_at) if assessment.frozen_at else ""
    return Conflict(
        _("%(who)s declared this self-assessment on %(when)s. Since then nothing of it can change.")
        % {"who": assessment.declaration_name, "when": when},
        code="assessment_frozen",
    )
