"""Plan, stage 1 and stage 2."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audits.engagements import selectors, services
from audits.engagements.models import Audit, AuditPlan, IndicatorNote, InterviewCount
from audits.engagements.services import IndicatorRating
from audits.engagements.states import IntervieweeKind, Notice, Rating, Readiness, Stage
from certification.decisions.selectors import barred
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice as Message
from tests.audits.world import NOON, AuditCase
from tests.factories import audits

TODAY = NOON.date()


class PlanCase(AuditCase):
    state = "accepted"

    def plan(self, **more: object) -> Audit:
        return services.plan_audit(
            audit_id=self.audit.pk, actor=self.lead, plan=audits.plan(self.audit, **more)
        )

    def test_plan_is_sent_to_the_agency(self) -> None:
        self.plan()

        assert self.again().state == "planned"
        assert Message.objects.filter(user=self.speaker, template="audits/planned").exists()

    def test_plan_keeps_the_notice_or_says_why_not(self) -> None:
        visit = {"notice": Notice.ANNOUNCED, "stage2_to": TODAY + timedelta(days=20)}

        with pytest.raises(BadInput) as refused:
            self.plan(**visit, stage2_from=TODAY + timedelta(days=13))
        assert "5 December 2026" in str(refused.value.fields["stage2_from"][0])

        self.plan(**visit, stage2_from=TODAY + timedelta(days=14))
        assert self.again().stage2_from == TODAY + timedelta(days=14)

    def test_plan_with_short_notice_needs_a_reason(self) -> None:
        with pytest.raises(BadInput) as refused:
            self.plan(notice_reason="")
        assert "notice_reason" in refused.value.fields
        self.plan()
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditPlan.objects.update(notice_reason="")

    def test_plan_with_dates_out_of_order(self) -> None:
        with pytest.raises(BadInput) as refused:
            self.plan(
                stage1_on=TODAY - timedelta(days=1),
                stage2_from=TODAY - timedelta(days=2),
                stage2_to=TODAY - timedelta(days=3),
            )
        assert set(refused.value.fields) == {"stage1_on", "stage2_from", "stage2_to"}

    def test_plan_by_the_firm_manager(self) -> None:
        with pytest.raises(NotPermitted):
            services.plan_audit(audit_id=self.audit.pk, actor=self.firm_manager, plan=audits.plan(self.audit))

    def test_team_member_declares_before_stage_1(self) -> None:
        second = audits.auditor(self.audit.firm, lead=False, name="Bram Okonjo")
        self.plan(team=[second.pk])

        with pytest.raises(TransitionRefused) as refused:
            services.start_stage1(audit_id=self.audit.pk, actor=self.lead)
        assert "Bram Okonjo" in str(refused.value.missing[0])

        services.declare_no_conflict(
            audit_id=self.audit.pk, actor=second.person, no_conflict=True, text="I never met them."
        )
        services.start_stage1(audit_id=self.audit.pk, actor=self.lead)
        assert barred(self.audit.agency, second.person)

    def test_team_member_who_is_not_eligible(self) -> None:
        unfit = audits.auditor(self.audit.firm, lead=False, languages=["en"])

        with pytest.raises(BadInput) as refused:
            self.plan(team=[unfit.pk])
        assert "team" in refused.value.fields

    def test_declaration_by_someone_outside_the_team(self) -> None:
        for person in (self.firm_manager, self.other_lead, self.speaker):
            with pytest.raises(NotPermitted):
                services.declare_no_conflict(
                    audit_id=self.audit.pk, actor=person, no_conflict=True, text="None."
                )

    def test_plan_page_keeps_what_was_typed(self) -> None:
        self.client.force_login(self.lead)

        answer = self.client.post(f"/audits/{self.audit.pk}/plan/", {"objectives": "Look at the fees."})

        assert answer.status_code == 422
        assert "Look at the fees." in answer.content.decode()


class Stage1Case(AuditCase):
    state = "stage1"

    def rate(self, rating: str, note: str = "", stage: int = Stage.DESK, count: int = 1) -> None:
        services.rate_indicators(
            audit_id=self.audit.pk,
            actor=self.lead,
            stage=stage,
            ratings=[IndicatorRating(one.pk, rating, note) for one in audits.indicators(self.audit)[:count]],
        )

    def close(self, readiness: str = Readiness.READY, text: str = "") -> Audit:
        return services.close_stage1(audit_id=self.audit.pk, actor=self.lead, readiness=readiness, text=text)

    def test_close_with_unrated_indicators(self) -> None:
        total = len(audits.indicators(self.audit))
        self.rate(Rating.MEETS, count=total - 1)

        with pytest.raises(TransitionRefused) as refused:
            self.close()
        assert refused.value.missing == ["1 indicator has no rating in stage 1."]

        self.rate(Rating.MEETS, count=total)
        assert self.close().state == "stage1_closed"

    def test_rating_below_met_needs_a_note(self) -> None:
        with pytest.raises(BadInput):
            self.rate(Rating.PARTLY)
        self.rate(Rating.PARTLY, "Two contracts are missing.")
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorNote.objects.update(note="")

    def test_rating_by_people_outside_the_team(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.rate_indicators(audit_id=self.audit.pk, actor=person, stage=1, ratings=[])

    def test_rating_of_stage_2_in_stage_1(self) -> None:
        with pytest.raises(TransitionRefused):
            self.rate(Rating.MEETS, stage=Stage.SITE)

    def test_stage_2_before_stage_1_is_closed(self) -> None:
        with pytest.raises(Conflict):
            services.start_stage2(audit_id=self.audit.pk, actor=self.lead)
        with (
            pytest.raises(IntegrityError, match=r"stage1 to stage2|stage_2_after_stage_1"),
            transaction.atomic(),
        ):
            Audit.objects.filter(pk=self.audit.pk).update(state="stage2")

    def test_not_ready_says_why_and_stops_stage_2(self) -> None:
        audits.rate_all(self.audit, Stage.DESK)
        with pytest.raises(ReasonRequired):
            self.close(Readiness.NOT_READY)
        self.close(Readiness.NOT_READY, "No list of sub-agents.")

        with pytest.raises(TransitionRefused) as refused:
            services.start_stage2(audit_id=self.audit.pk, actor=self.lead)
        assert "not found the agency ready" in str(refused.value.missing[0])
        assert Message.objects.filter(user=self.speaker, template="audits/not_ready").exists()

        with pytest.raises(ReasonRequired):
            services.reopen_stage1(audit_id=self.audit.pk, actor=self.lead, reason="")
        services.reopen_stage1(audit_id=self.audit.pk, actor=self.lead, reason="The list has come.")
        self.close(Readiness.READY)
        services.start_stage2(audit_id=self.audit.pk, actor=self.lead)
        assert self.again().state == "stage2"

    def test_stage_2_before_its_first_day(self) -> None:
        audits.rate_all(self.audit, Stage.DESK)
        self.close()
        Audit.objects.filter(pk=self.audit.pk).update(
            stage2_from=TODAY + timedelta(days=1), stage2_to=TODAY + timedelta(days=2)
        )

        with pytest.raises(TransitionRefused) as refused:
            services.start_stage2(audit_id=self.audit.pk, actor=self.lead)
        assert "22 November 2026" in str(refused.value.missing[0])

        with clocks.freeze(NOON + timedelta(days=1)):
            services.start_stage2(audit_id=self.audit.pk, actor=self.lead)

    def test_desk_page_shows_answer_and_evidence_and_keeps_ratings(self) -> None:
        first = audits.indicators(self.audit)[0]
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/stage-1/{first.criterion.principle.code}/"

        page = self.client.get(url).content.decode()
        assert "Handbook of the agency" in page
        assert first.text in page

        self.client.post(url, {f"i{first.pk.hex}-rating": "meets", "stay": "1"})
        assert IndicatorNote.objects.get().rating == "meets"

    def test_desk_page_raises_a_finding_in_two_clicks(self) -> None:
        first = audits.indicators(self.audit)[0]
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/stage-1/{first.criterion.principle.code}/"

        once = self.client.post(
            url,
            {
                f"i{first.pk.hex}-rating": "fails",
                f"i{first.pk.hex}-note": "No licence.",
                "raise": str(first.pk),
            },
        )
        form = self.client.get(once["Location"]).content.decode()

        assert IndicatorNote.objects.get().note == "No licence."
        assert f'value="{first.severity}"' in form
        assert "checked" in form

    def test_desk_page_points_at_what_is_missing(self) -> None:
        first = audits.indicators(self.audit)[0]
        self.client.force_login(self.lead)

        answer = self.client.post(
            f"/audits/{self.audit.pk}/stage-1/{first.criterion.principle.code}/",
            {f"i{first.pk.hex}-rating": "fails", "stay": "1"},
        )

        assert answer.status_code == 422
        assert f'href="#id_i{first.pk.hex}-note"' in answer.content.decode()

    def test_desk_page_rates_the_rest_as_met(self) -> None:
        first = audits.indicators(self.audit)[0]
        principle = first.criterion.principle
        self.client.force_login(self.lead)

        self.client.post(
            f"/audits/{self.audit.pk}/stage-1/{principle.code}/",
            {f"i{first.pk.hex}-rating": "partly", f"i{first.pk.hex}-note": "Half of it.", "rest": "1"},
        )

        [row] = [one for one in selectors.progress(self.again(), Stage.DESK) if one.principle == principle]
        assert (row.done, row.weak) == (True, 1)

    def test_desk_pages_need_few_queries(self) -> None:
        first = audits.indicators(self.audit)[0]
        self.client.force_login(self.lead)
        for url, most in (
            (f"/audits/{self.audit.pk}/stage-1/{first.criterion.principle.code}/", 32),
            (f"/audits/{self.audit.pk}/stage-1/", 50),
            (f"/audits/{self.audit.pk}/", 45),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(url).status_code == 200
            assert len(queries) <= most, (url, len(queries))

    def test_desk_is_closed_to_the_agency_and_open_to_read_for_the_scheme(self) -> None:
        for person, status in (
            (self.speaker, 404),
            (self.other_lead, 404),
            (self.employer, 404),
            (self.decider, 200),
        ):
            self.client.force_login(person)
            assert self.client.get(f"/audits/{self.audit.pk}/stage-1/").status_code == status
            assert self.client.get(f"/audits/{self.audit.pk}/stage-1/A/").status_code == status
        self.client.force_login(self.decider)
        assert (
            "Raise a finding" not in self.client.get(f"/audits/{self.audit.pk}/stage-1/A/").content.decode()
        )


class Stage2Case(AuditCase):
    state = "stage2"

    def test_stage_1_settles_what_it_found_met(self) -> None:
        assert self.again().unrated_count(Stage.SITE) == 0

        IndicatorNote.objects.filter(indicator=audits.indicators(self.audit)[0]).update(rating="check")

        assert self.again().unrated_count(Stage.SITE) == 1

    def test_stage_2_leaves_nothing_to_check(self) -> None:
        with pytest.raises(BadInput):
            services.rate_indicators(
                audit_id=self.audit.pk,
                actor=self.lead,
                stage=Stage.SITE,
                ratings=[IndicatorRating(audits.indicators(self.audit)[0].pk, Rating.CHECK)],
            )

    def test_interviews_of_nobody_say_why(self) -> None:
        with pytest.raises(BadInput) as refused:
            services.count_interviews(audit_id=self.audit.pk, actor=self.lead, counts={"returnees": (0, "")})
        assert "returnees-note" in refused.value.fields

        services.count_interviews(
            audit_id=self.audit.pk, actor=self.lead, counts={"returnees": (0, "None has returned yet.")}
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            InterviewCount.objects.update(note="")

    def test_report_waits_for_every_kind_of_interview(self) -> None:
        services.count_interviews(audit_id=self.audit.pk, actor=self.lead, counts={"staff": (4, "")})

        missing = self.again().kinds_not_counted()

        assert len(missing) == len(IntervieweeKind) - 1
        with pytest.raises(TransitionRefused):
            audits.send_draft(self.audit)

    def test_interview_page_counts(self) -> None:
        self.client.force_login(self.lead)
        data = {f"{kind}-held": "2" for kind in IntervieweeKind}

        self.client.post(f"/audits/{self.audit.pk}/stage-2/interviews/", data)

        assert InterviewCount.objects.filter(held=2).count() == len(IntervieweeKind)

    def test_interviews_hold_no_names(self) -> None:
        assert {field.name for field in InterviewCount._meta.fields} == {
            "id",
            "created_at",
            "audit",
            "kind",
            "held",
            "note",
        }
