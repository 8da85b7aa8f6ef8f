"""Questions an audit answers from its own rows: who it concerns, what it looks at, what is left to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from certification.standard.models import Indicator
from iris.core import clocks

from .. import permissions
from ..states import CASE_KINDS, LIVE, SETTLED, AuditState, IntervieweeKind, Notice, Stage

if TYPE_CHECKING:
    from certification.assessments.models import Assessment
    from iris.accounts.models import User

    from .audit import Audit

S = AuditState


class AuditFacts(models.Model):
    """What pages, rules and rooms above ask of an audit. The acts stand in `Audit`."""

    _cleared: set[UUID]
    _followers: list[Any]

    class Meta:
        abstract = True

    @property
    def is_live(self: Audit) -> bool:
        """Whether anything is still to be done."""
        return self.state in LIVE

    @property
    def is_for_case(self: Audit) -> bool:
        """Whether an application waits for it; else the scheme ordered it or it closes findings."""
        return self.kind in CASE_KINDS

    @property
    def is_hidden(self: Audit) -> bool:
        """Whether the agency may not know of it yet."""
        return self.told_on is not None and clocks.today() < self.told_on

    @property
    def due(self: Audit) -> date | None:
        """The day by which the auditor's next step is due."""
        if self.state == S.OFFERED:
            return self.answer_due
        if self.state in (S.PLANNED, S.STAGE1):
            return self.stage1_on
        if self.state == S.STAGE1_CLOSED:
            return self.stage2_from
        return self.report_due or self.stage2_to or (self.order.due_on if self.order is not None else None)

    @property
    def assessment(self: Audit) -> Assessment:
        """The frozen self-assessment that is audited; an accepted application always has one."""
        found = self.application.assessment
        assert found is not None
        return found

    def is_worked_by(self: Audit, user: User) -> bool:
        """Whether the person is in the team and declared no conflict."""
        return permissions.may_work(self, user)

    def shows_days_to(self: Audit, user: User) -> bool:
        """Whether the person may know the days on site: of a semi-announced visit the agency knows the window only."""
        if not user.is_kind("agency"):
            return True
        plan = getattr(self, "audit_plan", None)
        if plan is None or plan.notice != Notice.SEMI or self.stage2_from is None:
            return True
        return self.stage2_from <= clocks.today()

    def is_followed_up_by(self: Audit, user: User) -> bool:
        """Whether the person is on site to close the findings of this audit."""
        if not user.is_kind("audit_firm"):
            return False
        if not hasattr(self, "_followers"):
            at_work = self.followed_by.model.objects.filter(
                follows=self, state__in=[S.STAGE2, S.DRAFT_REPORT, S.DISPUTED]
            )
            self._followers = list(at_work.select_related("firm"))
        return any(one.is_worked_by(user) for one in self._followers)

    def is_led_by(self: Audit, user: User) -> bool:
        """Whether the person is the lead auditor."""
        return permissions.may_lead(self, user)

    def is_answered_by(self: Audit, user: User) -> bool:
        """Whether the person may speak for the audited agency."""
        return permissions.may_answer(self, user)

    def concerns_agency(self: Audit, user: User) -> bool:
        """Whether the person acts for the audited agency."""
        return permissions.in_agency(self, user)

    def concerns_firm(self: Audit, user: User) -> bool:
        """Whether the person acts for the audit firm."""
        return permissions.in_firm(self, user)

    def cleared_ids(self: Audit) -> set[UUID]:
        """The people of the team who declared that they have no conflict."""
        if not hasattr(self, "_cleared"):
            rows = self.declarations.filter(clear=True, auditor__team_places__audit=self)
            self._cleared = set(rows.values_list("auditor__person_id", flat=True))
        return self._cleared

    def undeclared_names(self: Audit) -> list[str]:
        """People of the team whose declaration is missing."""
        rows = self.team.exclude(auditor__declarations__audit=self).select_related("auditor__person")
        return [row.auditor.person.label for row in rows]

    def scope_filter(self: Audit, path: str = "") -> Q:
        """The indicators that have to be rated; `path` leads to the indicator, for example `indicator__`."""
        if not self.scope_principles and not self.scope_indicators:
            return Q(**{f"{path}pk__isnull": False})
        return Q(**{f"{path}criterion__principle__code__in": self.scope_principles}) | Q(
            **{f"{path}code__in": self.scope_indicators}
        )

    def indicators_in_scope(self: Audit) -> QuerySet[Indicator]:
        """The indicators of the audited edition that have to be rated."""
        edition = self.assessment.edition_id
        return Indicator.objects.filter(self.scope_filter(), criterion__principle__edition_id=edition)

    def unrated_count(self: Audit, stage: int) -> int:
        """How many indicators still need a rating in a stage; what stage 1 found met need not be rated again."""
        indicators = self.indicators_in_scope()
        rated = self.notes.all()
        if stage == Stage.SITE:
            rated = rated.filter(Q(stage=Stage.SITE) | Q(stage=Stage.DESK, rating__in=SETTLED))
        else:
            rated = rated.filter(stage=stage)
        return indicators.exclude(pk__in=rated.values("indicator_id")).count()

    def kinds_not_counted(self: Audit) -> list[str]:
        """Kinds of interviewees for which nothing, not even none, is written."""
        counted = set(self.interviews.values_list("kind", flat=True))
        return [str(kind.label) for kind in IntervieweeKind if kind not in counted]
