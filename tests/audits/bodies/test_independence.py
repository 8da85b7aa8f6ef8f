"""What keeps an auditor from a case: training, the yearly declaration, rotation, revenue, calendar; and overrides."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import TestCase

from audits.bodies import selectors, services
from audits.bodies.models import AuditFirm, Auditor, Threat, Tie, YearlyDeclaration
from audits.bodies.rules import LedAudit, rotation_pause
from audits.bodies.services import Interest
from audits.bodies.states import BusyKind, ReasonCode
from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.decisions.selectors import barred
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted
from iris.core.money import Money
from iris.notify.models import Notice
from tests.audits.world import NOON
from tests.factories import accounts, agencies, applications, audits

TODAY = NOON.date()  # 21 November 2026
A, B = uuid4(), uuid4()


def _led(*rows: tuple[UUID, date]) -> list[LedAudit]:
    return [LedAudit(who, on) for who, on in rows]


@pytest.mark.parametrize(
    ("led", "on", "until"),
    [
        # Three in a row end on 5 March 2026: the pause of 24 months ends on 5 March 2028, that day included.
        ([(A, date(2024, 3, 10)), (A, date(2025, 3, 12)), (A, date(2026, 3, 5))], TODAY, date(2028, 3, 5)),
        (
            [(A, date(2024, 3, 10)), (A, date(2025, 3, 12)), (A, date(2026, 3, 5))],
            date(2028, 3, 5),
            date(2028, 3, 5),
        ),
        ([(A, date(2024, 3, 10)), (A, date(2025, 3, 12)), (A, date(2026, 3, 5))], date(2028, 3, 6), None),
        # Two in a row are fewer than three; so are three with somebody else's between them.
        ([(A, date(2025, 3, 12)), (A, date(2026, 3, 5))], TODAY, None),
        ([(A, date(2024, 3, 10)), (B, date(2025, 3, 12)), (A, date(2026, 3, 5))], TODAY, None),
        # The last one was led by somebody else: the run is over.
        (
            [
                (A, date(2023, 1, 9)),
                (A, date(2024, 3, 10)),
                (A, date(2025, 3, 12)),
                (B, date(2026, 3, 5)),
            ],
            TODAY,
            None,
        ),
        # 31 January 2023 to 28 February 2025 is more than 24 months (to 31 January 2025): counting begins anew.
        ([(A, date(2023, 1, 31)), (A, date(2025, 2, 28)), (A, date(2026, 2, 27))], TODAY, None),
        # 31 January 2025 is exactly 24 months: still one run. A leap day moves to the month's end.
        (
            [(A, date(2023, 1, 31)), (A, date(2025, 1, 31)), (A, date(2026, 1, 30))],
            TODAY,
            date(2028, 1, 30),
        ),
        (
            [(A, date(2022, 2, 1)), (A, date(2023, 2, 1)), (A, date(2024, 2, 29))],
            date(2026, 2, 28),
            date(2026, 2, 28),
        ),
    ],
)
def test_rotation_pause(led: list[tuple[UUID, date]], on: date, until: date | None) -> None:
    assert rotation_pause(_led(*led), A, 3, 24, on) == until


class IndependenceCase(TestCase):
    manager: User
    second: User
    firm: AuditFirm
    firm_manager: User
    auditor: Auditor
    agency: Agency
    application: Application

    @classmethod
    def setUpTestData(cls) -> None:
        with clocks.freeze(NOON):
            cls.manager = audits.manager()
            cls.second = accounts.person("scheme", "decider")
            cls.firm = audits.firm()
            cls.firm_manager = audits.member(cls.firm, "firm_manager")
            cls.auditor = audits.auditor(cls.firm)
            cls.agency = agencies.agency()
            cls.application = applications.application("draft", cls.agency)

    def reasons(self, auditor: Auditor | None = None, days: selectors.Days | None = None) -> list[str]:
        return [
            str(one)
            for one in selectors.ineligible_because(auditor or self.auditor, self.application, days=days)
        ]

    def codes(self, **more: object) -> list[str]:
        found = selectors.ineligible_because(self.auditor, self.application, **more)  # type: ignore[arg-type]
        return [one.code for one in found]

    # -- training ------------------------------------------------------------------------------------

    def test_training_ends_after_its_months(self) -> None:
        # Passed on 21 November 2026: 36 months end on 21 November 2029, and so does the declaration long before.
        with clocks.freeze(NOON + timedelta(days=1096)):  # 21 November 2029
            assert ReasonCode.TRAINING not in self.codes()
        with clocks.freeze(NOON + timedelta(days=1097)):
            assert "The scheme training ended on 21 November 2029." in self.reasons()

    def test_auditor_without_training_or_declaration(self) -> None:
        bare = audits.auditor(self.firm, fit=False)

        assert self.reasons(bare) == [
            "No scheme training is on record.",
            "No yearly declaration of interests is on record.",
        ]

    def test_training_told_twice_is_kept_once(self) -> None:
        for _time in range(2):
            services.record_training(
                auditor_id=self.auditor.pk, actor=self.manager, course="Interviews", passed_on=TODAY
            )

        assert self.auditor.trainings.filter(course="Interviews").count() == 1

    def test_training_of_tomorrow_and_by_others(self) -> None:
        with pytest.raises(BadInput) as wrong:
            services.record_training(
                auditor_id=self.auditor.pk,
                actor=self.manager,
                course=" ",
                passed_on=TODAY + timedelta(days=1),
                valid_until=TODAY,
            )
        assert set(wrong.value.fields) == {"course", "passed_on", "valid_until"}
        with pytest.raises(NotPermitted):
            services.record_training(
                auditor_id=self.auditor.pk, actor=self.auditor.person, course="Mine", passed_on=TODAY
            )

    # -- the yearly declaration ----------------------------------------------------------------------

    def test_declaration_ends_after_a_year(self) -> None:
        with clocks.freeze(NOON + timedelta(days=365)):  # 21 November 2027
            assert ReasonCode.DECLARATION not in self.codes()
        with clocks.freeze(NOON + timedelta(days=366)):
            assert "The yearly declaration of interests ended on 21 November 2027." in self.reasons()

    def test_declared_interest_becomes_a_tie_and_a_bar(self) -> None:
        services.declare_interests(
            auditor_id=self.auditor.pk,
            actor=self.auditor.person,
            text="I taught their staff.",
            interests=[
                Interest("trained", date(2025, 1, 6), self.agency.pk, until=date(2025, 2, 28)),
                Interest("family", date(2020, 1, 1), organisation="A bank"),
            ],
        )

        # 28 February 2025 and 24 months: 28 February 2027, that day included.
        assert self.reasons() == ["Trained the agency: not before 28 February 2027."]
        [bar] = barred(self.agency, self.auditor.person)
        assert (bar.kind, bar.until) == ("trained", date(2027, 2, 28))
        with clocks.freeze(NOON.replace(year=2027, month=2, day=28)):
            assert ReasonCode.TIE in self.codes()
        with clocks.freeze(NOON.replace(year=2027, month=3, day=1)):
            assert ReasonCode.TIE not in self.codes()

    def test_declared_again_the_tie_is_kept_once_and_never_shorter(self) -> None:
        for until in (date(2026, 6, 30), date(2025, 6, 30), date(2026, 8, 31)):
            services.declare_interests(
                auditor_id=self.auditor.pk,
                actor=self.auditor.person,
                text=f"Work until {until}.",
                interests=[Interest("employed", date(2024, 1, 1), self.agency.pk, until=until)],
            )

        assert Tie.objects.get(auditor=self.auditor).until == date(2026, 8, 31)

    def test_declared_twice_in_a_row_is_one_declaration(self) -> None:
        before = YearlyDeclaration.objects.count()
        for _time in range(2):
            services.declare_interests(
                auditor_id=self.auditor.pk, actor=self.auditor.person, text="Nothing new."
            )

        assert YearlyDeclaration.objects.count() == before + 1

    def test_nobody_declares_for_another(self) -> None:
        with pytest.raises(NotPermitted):
            services.declare_interests(auditor_id=self.auditor.pk, actor=self.manager, text="None.")

    def test_interest_that_does_not_say_enough(self) -> None:
        with pytest.raises(BadInput) as wrong:
            services.declare_interests(
                auditor_id=self.auditor.pk,
                actor=self.auditor.person,
                text="Checked.",
                interests=[
                    Interest("trained", TODAY),
                    Interest("trained", TODAY, self.agency.pk, until=TODAY - timedelta(days=1)),
                ],
            )
        assert "Interest 1: choose the agency" in str(wrong.value.message)
        assert "Interest 2: it ends before it starts" in str(wrong.value.message)

    def test_declaration_is_never_changed(self) -> None:
        row = self.auditor.yearly_declarations.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            YearlyDeclaration.objects.filter(pk=row.pk).update(text="Other words.")

    def test_reminded_once_before_and_once_after_the_end(self) -> None:
        def told(day: int) -> int:
            with clocks.freeze(NOON + timedelta(days=day)):
                return services.remind_of_declarations()

        # 365 days hold; 30 days before the end is day 335.
        assert [told(day) for day in (334, 335, 350, 366, 367)] == [0, 1, 0, 1, 0]
        assert Notice.objects.filter(template="audits/declaration_ended").count() == 1

    # -- revenue -------------------------------------------------------------------------------------

    def _year(self, fee: int, year: int = 2025, actor: User | None = None) -> None:
        services.keep_firm_year(
            firm_id=self.firm.pk,
            actor=actor or self.firm_manager,
            year=year,
            currency="USD",
            turnover=Money(1_000_000, "USD"),
            fees={self.agency.pk: Money(fee, "USD")},
        )

    def test_revenue_at_the_limit_passes_and_above_it_does_not(self) -> None:
        self._year(150_000)
        assert self.reasons() == []
        self._year(150_001)
        assert self.reasons() == [
            "The agency paid 15.1 % of the firm's turnover of 2025; more than 15 % is too much."
        ]

    def test_revenue_of_the_last_year_counts(self) -> None:
        self._year(400_000, year=2024)
        self._year(90_000, year=2025)

        assert self.reasons() == []

    def test_revenue_above_a_tenth_is_a_threat_once(self) -> None:
        self._year(100_000)
        assert not Threat.objects.exists()
        for _time in range(2):
            self._year(100_001)

        threat = Threat.objects.get()
        assert (threat.kind, threat.agency, threat.firm) == ("self_interest", self.agency, self.firm)
        assert self.reasons() == []

    def test_revenue_that_cannot_be(self) -> None:
        with pytest.raises(BadInput) as wrong:
            self._year(1_000_001)
        assert "USD 10,000.01" in wrong.value.fields["turnover"][0]
        with pytest.raises(BadInput):
            self._year(1, year=2027)
        with pytest.raises(NotPermitted):
            self._year(1, actor=self.auditor.person)

    # -- calendar ------------------------------------------------------------------------------------

    def test_calendar_clash_on_the_edges(self) -> None:
        services.add_busy(
            auditor_id=self.auditor.pk,
            actor=self.auditor.person,
            first=date(2026, 12, 7),
            last=date(2026, 12, 11),
            kind=BusyKind.LEAVE,
        )

        def clashes(first: int, last: int) -> int:
            days = date(2026, 12, first), date(2026, 12, last)
            return len(selectors.calendar_clashes(self.auditor, *days))

        assert [clashes(1, 6), clashes(1, 7), clashes(9, 9), clashes(11, 20), clashes(12, 20)] == [
            0,
            1,
            1,
            1,
            0,
        ]
        days = selectors.Days(date(2026, 12, 11), date(2026, 12, 15))
        assert self.reasons(days=days) == ["Busy: Leave, 7 December 2026 to 11 December 2026."]

    def test_calendar_is_kept_by_the_auditor_and_the_firm(self) -> None:
        colleague = audits.auditor(self.firm)
        words = {
            "auditor_id": self.auditor.pk,
            "first": TODAY,
            "last": TODAY,
            "kind": BusyKind.OTHER_WORK,
        }
        row = services.add_busy(actor=self.firm_manager, **words)  # type: ignore[arg-type]
        assert services.add_busy(actor=self.auditor.person, **words) == row  # type: ignore[arg-type]
        for stranger in (colleague.person, agencies.signatory(self.agency)):
            with pytest.raises(NotPermitted):
                services.add_busy(actor=stranger, **words)  # type: ignore[arg-type]
            with pytest.raises(NotPermitted):
                services.remove_busy(busy_id=row.pk, actor=stranger)
        services.remove_busy(busy_id=row.pk, actor=self.auditor.person)
        services.remove_busy(busy_id=row.pk, actor=self.auditor.person)
        assert not self.auditor.busy.exists()

    def test_busy_days_that_have_passed_or_run_backwards(self) -> None:
        for first, last in ((TODAY, TODAY - timedelta(days=1)), (date(2026, 11, 1), date(2026, 11, 20))):
            with pytest.raises(BadInput) as wrong:
                services.add_busy(
                    auditor_id=self.auditor.pk,
                    actor=self.manager,
                    first=first,
                    last=last,
                    kind=BusyKind.LEAVE,
                )
            assert "last" in wrong.value.fields
