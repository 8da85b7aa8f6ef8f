"""Audits as their readers may see them, the auditors' desk, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.assessments.models import Answer
from certification.standard.models import Indicator, Principle
from iris.accounts.models import User
from iris.core.errors import Text
from iris.core.moves import Move, Todo

from . import rules
from .models import Audit, IndicatorNote, InterviewCount
from .states import ACCEPTED_ONWARDS, LIVE, SETTLED, AuditState, IntervieweeKind, Rating, Readiness, Stage

S = AuditState


def audits_visible_to(user: User) -> QuerySet[Audit]:
    """The scheme sees all, a firm its own, an agency its own once a firm accepted; nobody else sees any."""
    organisation = user.organisation
    if organisation is None:
        return Audit.objects.none()
    if user.is_kind("scheme"):
        return Audit.objects.all()
    if user.is_kind("audit_firm"):
        return Audit.objects.filter(firm__organisation=organisation)
    if user.is_kind("agency"):
        return Audit.objects.filter(agency__organisation=organisation, accepted_at__isnull=False)
    return Audit.objects.none()


def audits_worked_on_by(user: User) -> QuerySet[Audit]:
    """Audits whose desk a person may open: the firm's own after acceptance, and the scheme, to read."""
    if user.is_kind("agency"):
        return Audit.objects.none()
    return audits_visible_to(user).filter(state__in=ACCEPTED_ONWARDS)


def with_context(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """Everything the pages of an audit show about it."""
    return audits.select_related(
        "application__agency",
        "application__assessment__edition",
        "agency__organisation",
        "firm__organisation",
        "lead__person",
    ).prefetch_related("agency__corridors")


def audit_list(user: User, *, show: str = "open", mine: bool = False) -> QuerySet[Audit]:
    """The work queue: what is open by date, or all."""
    audits = with_context(audits_visible_to(user))
    if show != "all":
        audits = audits.filter(state__in=LIVE)
    if mine:
        audits = audits.filter(team__auditor__person=user).distinct()
    return audits.order_by(F("stage2_from").asc(nulls_first=True), "-created_at")


def live_audit_of(application_id: UUID) -> Audit | None:
    """The audit that is at work, or done, for an application; declined and cancelled ones do not count."""
    audits = Audit.objects.filter(application_id=application_id).exclude(state__in=[S.DECLINED, S.CANCELLED])
    return with_context(audits).first()


def audits_of(application_id: UUID) -> QuerySet[Audit]:
    """Every audit offered for an application, the last first."""
    return with_context(Audit.objects.filter(application_id=application_id)).order_by("-created_at")


@dataclass
class DeskRow:
    """One indicator on the desk: what the agency says and shows, and what the auditors wrote."""

    indicator: Indicator
    answer: Answer | None
    evidence: list[Any]
    desk: IndicatorNote | None
    site: IndicatorNote | None
    findings: list[Any] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether stage 1 settled it, so that stage 2 need not look again."""
        return self.desk is not None and self.desk.rating in SETTLED


def desk_rows(audit: Audit, principle: Principle) -> list[DeskRow]:
    """The indicators of one principle with answers, evidence and notes, side by side."""
    indicators = (
        Indicator.objects.filter(criterion__principle=principle)
        .select_related("criterion")
        .order_by("criterion__order", "order")
    )
    answers = {
        one.indicator_id: one
        for one in Answer.objects.filter(
            assessment_id=audit.application.assessment_id, indicator__criterion__principle=principle
        ).prefetch_related("evidence__file")
    }
    notes = {
        (one.indicator_id, one.stage): one
        for one in audit.notes.filter(indicator__criterion__principle=principle).select_related("author")
    }
    rows = []
    for indicator in indicators:
        answer = answers.get(indicator.pk)
        rows.append(
            DeskRow(
                indicator=indicator,
                answer=answer,
                evidence=list(answer.evidence.all()) if answer else [],
                desk=notes.get((indicator.pk, Stage.DESK)),
                site=notes.get((indicator.pk, Stage.SITE)),
            )
        )
    return rows


@dataclass(frozen=True)
class PrincipleProgress:
    """How far a principle is in one stage."""

    principle: Principle
    total: int
    rated: int
    weak: int

    @property
    def left(self) -> int:
        """Indicators without a rating."""
        return self.total - self.rated

    @property
    def done(self) -> bool:
        """Whether every indicator has its rating."""
        return self.rated >= self.total


def progress(audit: Audit, stage: int) -> list[PrincipleProgress]:
    """Ratings by principle; in stage 2 what stage 1 settled counts as rated."""
    principles = list(
        Principle.objects.filter(edition_id=audit.application.assessment.edition_id)
        .annotate(total=Count("criteria__indicators"))
        .order_by("order")
    )
    notes = IndicatorNote.objects.filter(audit=audit)
    if stage == Stage.SITE:
        notes = notes.filter(Q(stage=Stage.SITE) | Q(stage=Stage.DESK, rating__in=SETTLED))
    else:
        notes = notes.filter(stage=stage)
    counted = {
        row["indicator__criterion__principle"]: row
        for row in notes.values("indicator__criterion__principle").annotate(
            rated=Count("indicator", distinct=True),
            weak=Count("indicator", filter=Q(rating__in=[Rating.PARTLY, Rating.FAILS, Rating.CHECK]), distinct=True),
        )
    }
    empty = {"rated": 0, "weak": 0}
    return [
        PrincipleProgress(
            principle=one,
            total=one.total,
            rated=counted.get(one.pk, empty)["rated"],
            weak=counted.get(one.pk, empty)["weak"],
        )
        for one in principles
    ]


def interview_rows(audit: Audit) -> list[tuple[IntervieweeKind, InterviewCount | None]]:
    """Every kind of interviewee with its count, where there is one."""
    counts = {one.kind: one for one in audit.interviews.all()}
    return [(kind, counts.get(kind)) for kind in IntervieweeKind]


def team_of(audit: Audit) -> list[Any]:
    """The team with each one's declaration."""
    places = list(audit.team.select_related("auditor__person").order_by("created_at"))
    declared = {one.auditor_id: one for one in audit.declarations.all()}
    for place in places:
        place.declaration = declared.get(place.auditor_id)
    return places


def with_plan(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """With plan, team and declarations, for the page of an audit."""
    return with_context(audits).select_related("audit_plan").prefetch_related(
        "team__auditor__person", "declarations", Prefetch("interviews", queryset=InterviewCount.objects.all())
    )


def move_for(audit: Audit, user: User) -> Move:
    """Whose move an audit is until its report is drafted."""
    makers = {
        S.PROPOSED: _to_offer,
        S.OFFERED: _offered,
        S.DECLINED: _declined,
        S.ACCEPTED: _to_plan,
        S.PLANNED: _to_stage1,
        S.STAGE1: _in_stage1,
        S.STAGE1_CLOSED: _to_stage2,
        S.STAGE2: _in_stage2,
        S.CANCELLED: _cancelled,
    }
    maker = makers.get(AuditState(audit.state))
    if maker is None:
        return Move(who=_("The report is being settled"), what=_("Its page says whose move it is."))
    return maker(audit, user)


def _auditor_move(audit: Audit, user: User, act: Text, then: Text, label: Text, url_name: str) -> Move:
    if audit.is_led_by(user):
        return Move(
            who=_("Your move: %s") % act,
            what=then,
            yours=True,
            due=audit.due,
            act_label=label,
            act_url=reverse(url_name, args=[audit.pk]),
        )
    return Move(
        who=_("Waiting for %(firm)s: %(act)s") % {"firm": audit.firm.organisation.name, "act": act},
        what=_("Nothing to do for you now. You hear by e-mail when it is your move."),
        due=audit.due,
    )


def _to_offer(audit: Audit, user: User) -> Move:
    return Move(who=_("Waiting for the scheme: offer the audit"), what=_("The lead auditor is proposed."))


def _offered(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("accept or decline the audit"),
        _("Accepting needs your declaration that you have no conflict. The agency then hears who audits it."),
        _("Answer the offer"),
        "engagements:offer",
    )


def _declined(audit: Audit, user: User) -> Move:
    return Move(
        who=_("Declined: the scheme chooses another auditor"), what=_("Reason given: %s") % audit.declined_reason, done=True
    )


def _to_plan(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("plan the audit"),
        _("The agency gets the plan by e-mail, at least the notice time before an announced visit."),
        _("Write the plan"),
        "engagements:plan",
    )


def _to_stage1(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("start stage 1, the desk review"),
        _("Answers and evidence stand side by side; every indicator gets a rating."),
        _("Open stage 1"),
        "engagements:stage1",
    )


def _in_stage1(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("rate every indicator and close stage 1"),
        _("Closing says whether the agency is ready for stage 2. The agency hears the conclusion by e-mail."),
        _("Go on with stage 1"),
        "engagements:stage1",
    )


def _to_stage2(audit: Audit, user: User) -> Move:
    if audit.readiness == Readiness.NOT_READY:
        if audit.concerns_agency(user):
            return Move(
                who=_("Your move: put right what stage 1 found"),
                what=_("The auditor wrote what is missing. Tell the lead auditor when it is done; stage 1 is then taken up again."),
                yours=True,
            )
        return _auditor_move(
            audit,
            user,
            _("take stage 1 up again when the agency is ready"),
            _("Stage 2 cannot start before stage 1 finds the agency ready."),
            _("Open stage 1"),
            "engagements:stage1",
        )
    return _auditor_move(
        audit,
        user,
        _("start stage 2, interviews and visits"),
        _("It can start on the first planned day."),
        _("Open stage 2"),
        "engagements:stage2",
    )


def _in_stage2(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("finish stage 2 and draft the report"),
        _("The agency reads the draft and may dispute a finding before it is final."),
        _("Go on with stage 2"),
        "engagements:stage2",
    )


def _cancelled(audit: Audit, user: User) -> Move:
    return Move(who=_("Cancelled"), what=_("Reason given: %s") % audit.cancelled_reason, done=True)


def todos_for(user: User) -> list[Todo]:
    """What this person can do now about audits, until the report is drafted."""
    if not user.is_kind("audit_firm"):
        return []
    states = [S.OFFERED, S.ACCEPTED, S.PLANNED, S.STAGE1, S.STAGE1_CLOSED, S.STAGE2]
    audits = with_context(audits_visible_to(user).filter(state__in=states, lead__person=user))
    return [*_lead_todos(audits, user), *_declaration_todos(user)]


def _lead_todos(audits: Iterable[Audit], user: User) -> list[Todo]:
    todos = []
    for audit in audits:
        move = move_for(audit, user)
        todos.append(
            Todo(
                title=_("%(act)s: %(agency)s")
                % {"act": str(move.who).partition(": ")[2].capitalize(), "agency": audit.agency.legal_name},
                url=str(move.act_url),
                what=f"{audit.number}, {corridor_words(audit)}",
                due=audit.due,
                icon="clipboard-check",
            )
        )
    return todos


def _declaration_todos(user: User) -> list[Todo]:
    audits = audits_visible_to(user).filter(state__in=LIVE, team__auditor__person=user)
    audits = audits.exclude(declarations__auditor__person=user).exclude(state=S.OFFERED)
    return [
        Todo(
            title=_("Declare that you have no conflict: %s") % audit.agency.legal_name,
            url=reverse("engagements:declare", args=[audit.pk]),
            what=audit.number,
            icon="shield-check",
        )
        for audit in with_context(audits)
    ]


def corridor_words(audit: Audit) -> str:
    """The agency's corridors in words."""
    return ", ".join(one.text for one in audit.agency.corridors.all())


def quotation(staff: int, agency: Any) -> rules.AuditDays:
    """Audit days by the table for an agency."""
    return rules.audit_days(staff, agency.branches.count(), agency.corridors.count())
