"""The whole life of a certificate as a machine that tries every act by every hand, on every day.

The oracle is in life_oracle.py. It reads rows and events only, never the product's own table of transitions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from certification.applications.models import Application
from certification.certificates import selectors, services
from certification.certificates.models import AuditOrder, Certificate, CertificateCondition
from certification.certificates.rules import standing_on
from certification.certificates.services import Wanted, Words
from certification.decisions import services as decisions
from certification.decisions.models import Appeal, Decision
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.models import Event
from tests.certification.certificates.life_oracle import RUNNING, chain_holds, dates_agree, told

BEGINS = date(2026, 11, 21)
WORDS = Words(reason="Told in full.", public_note="Told to the public.", reason_code="complaint")
ACTS = ["suspend", "withdraw", "reinstate", "reduce", "keep"]
PLAIN = {
    "suspended": "suspended_on=%(day)s, suspension_ends_on=%(later)s, reason_code='other', state_reason='x', "
    "public_note='x'",
    "withdrawn": "ended_on=%(day)s, suspended_on=NULL, suspension_ends_on=NULL, reason_code='other', "
    "state_reason='x', public_note='x'",
    "active": "suspended_on=NULL, suspension_ends_on=NULL",
    "conditional": "suspended_on=NULL, suspension_ends_on=NULL",
}


class Life(RuleBasedStateMachine):
    """One agency's certificate, one condition of it open, in a savepoint of its own."""

    agency_id: ClassVar[UUID]
    licence_id: ClassVar[UUID]
    renewal_id: ClassVar[UUID]
    people: ClassVar[dict[str, User]]
    steps: ClassVar[int] = 0
    seen: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.today = BEGINS
        self.changed = True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # -- ways to try --------------------------------------------------------------------------------

    def _try(self, name: str, act: Callable[[], Any]) -> Any:
        """An act on this day, all or nothing; refusals are sentences of the product, anything else is a failure."""
        type(self).steps += 1
        with clocks.freeze(datetime.combine(self.today, time(12), tzinfo=UTC)):
            try:
                with transaction.atomic():
                    done = act()
            except DomainError:
                return None
        if done is not None and done is not False and done != 0:
            self.changed = True
            self.seen[name] = self.seen.get(name, 0) + 1
        return done

    def _rows(self) -> list[Certificate]:
        return list(Certificate.objects.filter(agency_id=self.agency_id).order_by("issued_at", "revision"))

    def _latest(self) -> Certificate:
        return self._rows()[-1]

    # -- acts by people -----------------------------------------------------------------------------

    @initialize(conditional=st.booleans())
    def begin(self, conditional: bool) -> None:
        """Half of the lives begin without the condition."""
        if not conditional:
            condition = CertificateCondition.objects.get(certificate=self._latest())
            self._try(
                "condition met",
                lambda: services.meet_condition(
                    condition_id=condition.pk, actor=self.people["manager"], note="Seen."
                ),
            )

    @rule(
        act=st.sampled_from(ACTS),
        who=st.sampled_from(["manager", "manager", "turncoat", "decider", "signatory"]),
    )
    def propose(self, act: str, who: str) -> None:
        """Somebody proposes; only scheme managers may."""
        self.propose_as(act, who)

    def propose_as(self, act: str, who: str) -> None:
        row = self._latest()
        wanted = Wanted((("NP", "QA"),), tuple(row.sectors), ()) if act == "reduce" else None
        made = self._try(
            f"propose {act}",
            lambda: services.propose(
                certificate_id=row.pk,
                act=f"certificate.{act}",
                actor=self.people[who],
                words=WORDS,
                wanted=wanted,
            ),
        )
        assert made is None or who in ("manager", "turncoat")

    @rule(
        which=st.integers(0, 5),
        who=st.sampled_from(["decider", "decider", "second", "turncoat", "manager", "barred", "signatory"]),
        outcome=st.sampled_from(["accept", "accept", "accept", "reject"]),
    )
    def vote(self, which: int, who: str, outcome: str) -> None:
        """Somebody answers a proposal. The turncoat proposes as a manager and now votes as a decider."""
        asked = list(
            Decision.objects.filter(agency_id=self.agency_id, state__in=("open", "voting")).order_by(
                "created_at"
            )
        )
        if not asked:
            return
        decision = asked[which % len(asked)]
        actor = self.people["turncoat as decider" if who == "turncoat" else who]
        done = self._try(
            f"vote {outcome}",
            lambda: services.vote_on_proposal(
                decision_id=decision.pk, actor=actor, outcome=outcome, reasons="I read it."
            ),
        )
        if done is not None:
            assert who in ("decider", "second", "turncoat")
            assert decision.opened_by_id != actor.pk

    @rule(act=st.sampled_from(["suspend", "reinstate", "suspend", "reinstate", "reduce", "keep", "withdraw"]))
    def settle(self, act: str) -> None:
        """The usual way: a manager proposes and a decider accepts."""
        if act == "withdraw" and self.today.day % 3:
            return
        self.propose_as(act, "manager")
        row = self._latest()
        asked = Decision.objects.filter(
            subject_id=row.pk, subject_label=f"certificate.{act}", state="open"
        ).first()
        if asked is not None:
            self._try(
                f"accepted {act}",
                lambda: services.vote_on_proposal(
                    decision_id=asked.pk, actor=self.people["decider"], outcome="accept", reasons="I read it."
                ),
            )

    @rule(who=st.sampled_from(["signatory", "manager", "stranger"]), sure=st.integers(0, 9))
    def relinquish(self, who: str, sure: int) -> None:
        """The agency gives it up; rarely, so that lives go on."""
        if who == "signatory" and sure:
            return
        row = self._latest()
        done = self._try(
            "relinquish",
            lambda: services.relinquish_certificate(
                certificate_id=row.pk, actor=self.people[who], reason="We close."
            ),
        )
        assert done is None or who == "signatory"

    @rule(who=st.sampled_from(["manager", "manager", "decider", "signatory"]))
    def meet(self, who: str) -> None:
        """Somebody notes that a condition is met."""
        row = self._latest()
        open_ones = list(row.conditions.filter(met_on=None))
        if open_ones:
            done = self._try(
                "condition met",
                lambda: services.meet_condition(
                    condition_id=open_ones[0].pk, actor=self.people[who], note="Seen."
                ),
            )
            assert done is None or who == "manager"

    @rule(who=st.sampled_from(["manager", "decider"]))
    def correct(self, who: str) -> None:
        """A revision with the particulars of today."""
        row = self._latest()
        done = self._try(
            "correct",
            lambda: services.correct_certificate(
                certificate_id=row.pk, actor=self.people[who], reason="Moved.", public_note="New address."
            ),
        )
        assert done is None or who == "manager"

    @rule(kind=st.sampled_from(["surveillance", "short_notice", "special"]), held=st.booleans())
    def audit(self, kind: str, held: bool) -> None:
        """The scheme orders an audit, or somebody records what came of one."""
        row = self._latest()
        manager = self.people["manager"]
        order = AuditOrder.objects.filter(certificate__number=row.number, kind=kind, state="ordered").first()
        if order is None:
            self._try(
                f"order {kind}",
                lambda: services.order_audit(certificate_id=row.pk, kind=kind, reason="Look.", actor=manager),
            )
        elif held:
            self._try(
                f"held {kind}",
                lambda: services.record_audit_held(
                    order_id=order.pk, actor=manager, held_on=self.today, outcome="clear"
                ),
            )
        else:
            self._try(
                f"missed {kind}",
                lambda: services.record_audit_missed(order_id=order.pk, actor=manager, reason="Refused."),
            )

    @rule(uphold=st.booleans())
    def appeal(self, uphold: bool) -> None:
        """The agency appeals against the last answer; two others hear it."""
        asked = (
            Decision.objects.filter(
                agency_id=self.agency_id, state="decided", subject_label__startswith="certificate."
            )
            .order_by("-decided_at", "-created_at")
            .first()
        )
        if asked is None:
            return
        made = self._try(
            "appeal",
            lambda: decisions.appeal(
                decision_id=asked.pk, actor=self.people["signatory"], grounds="The facts are others."
            ),
        )
        if made is None:
            return
        self._try(
            "hearing", lambda: decisions.acknowledge_appeal(appeal_id=made.pk, actor=self.people["manager"])
        )
        for who in ("hearer", "other hearer"):
            self._try(
                "overturned" if uphold else "upheld",
                lambda who=who: decisions.vote_on_appeal(  # type: ignore[misc]
                    appeal_id=made.pk,
                    actor=self.people[who],
                    outcome="upheld" if uphold else "dismissed",
                    reasons="I read it all.",
                ),
            )
        assert Appeal.objects.get(pk=made.pk).state in ("upheld", "dismissed")

    @rule(who=st.sampled_from(["decider", "barred", "manager"]))
    def renew(self, who: str) -> None:
        """A decider grants the renewal, in the last months."""
        row = self._latest()
        opens = clocks.add_months(row.expires_on, -6)
        state = Application.objects.values_list("state", flat=True).get(pk=self.renewal_id)
        if not opens <= self.today <= row.expires_on or row.state not in RUNNING or state != "recommended":
            return
        done = self._try(
            "renew",
            lambda: services.decide_application(
                application_id=self.renewal_id,
                actor=self.people[who],
                outcome="grant",
                reasons="All is well.",
            ),
        )
        assert (done is not None) == (who == "decider")
        if done is not None:
            made = self._latest()
            assert (made.number, made.revision) == (row.number, row.revision + 1)
            assert made.expires_on == clocks.add_months(row.expires_on, 36)

    # -- time, rules, registers ---------------------------------------------------------------------

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        """Time passes; no sweep has run."""
        self.today += timedelta(days=days)
        self.changed = True
        type(self).steps += 1

    @rule(months=st.integers(1, 7), rare=st.integers(0, 2))
    def months_pass(self, months: int, rare: int) -> None:
        """More time passes."""
        if not rare:
            self.today = clocks.add_months(self.today, months)
            self.changed = True
        type(self).steps += 1

    @rule(rare=st.integers(0, 5))
    def leap_day(self, rare: int) -> None:
        """To the next 29 February."""
        if rare:
            return
        year = self.today.year + (-self.today.year) % 4
        day = date(year, 2, 29)
        self.today = day if day > self.today else date(year + 4, 2, 29)
        self.changed = True
        type(self).steps += 1

    @rule()
    def expire(self) -> None:
        """The sweep of last days."""
        self._try("expire", services.expire_due)

    @rule()
    def surveil(self) -> None:
        """The sweep of surveillance audits."""
        self._try("surveillance missed", services.miss_surveillance)

    @rule()
    def judge_conditions(self) -> None:
        """The sweep of conditions."""
        self._try("conditions proposed", services.propose_for_conditions)
        self._try("conditions suspended", services.suspend_for_conditions)

    @rule()
    def end_suspensions(self) -> None:
        """The sweeps of suspensions and of lost licences."""
        self._try("withdrawn by rule", services.withdraw_overlong)
        self._try("review lapsed", services.lapse_reviews)

    @rule(why=st.sampled_from(["revoked", "suspended", "expired"]))
    def lose_licence(self, why: str) -> None:
        """A register says that the licence is gone."""
        self._try("licence lost", lambda: services.licence_lost(licence_id=self.licence_id, why=why))

    # -- behind the back of the services --------------------------------------------------------------

    @rule(to=st.sampled_from(sorted(PLAIN)), ground=st.sampled_from(["none", "used", "open"]))
    def plain_sql(self, to: str, ground: str) -> None:
        """Somebody with the database's password tries to suspend, withdraw or reinstate: refused."""
        type(self).steps += 1
        row = self._latest()
        if row.state == to or (to in ("active", "conditional") and row.state != "suspended"):
            return
        found = {
            "none": None,
            "used": row.settled_by_id,
            "open": Decision.objects.filter(agency_id=self.agency_id, state="open")
            .values_list("pk", flat=True)
            .first(),
        }[ground]
        values = {"day": self.today, "later": self.today + timedelta(days=90), "ground": found, "id": row.pk}
        appealed = Decision.objects.filter(pk=found, state="overturned").exists() if found else False
        if appealed:
            return  # an overturned suspension may be lifted: that is what its ground is for
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE certification_certificates_certificate SET state='{to}', state_since=%(day)s, rule='', "
                    f"settled_by_id=%(ground)s, {PLAIN[to]} WHERE id=%(id)s",
                    values,
                )
        except DatabaseError:
            self.seen["sql refused"] = self.seen.get("sql refused", 0) + 1
            return
        raise AssertionError(f"plain SQL went from {row.state} to {to} on ground {ground}")

    # -- what always holds ----------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        """Looked at whenever an act went through (a refusal rolls back) or a day passed."""
        if not self.changed:
            return
        self.changed = False
        rows = self._rows()
        live = [row for row in rows if row.state in RUNNING]
        assert len(live) <= 1
        keys = [row.pk for row in rows]
        events: dict[UUID, list[Event]] = {key: [] for key in keys}
        for event in (
            Event.objects.filter(subject_id__in=keys).exclude(to_state="").order_by("at", "created_at")
        ):
            events[event.subject_id].append(event)
        taken = {row.pk: row for row in Decision.objects.filter(agency_id=self.agency_id)}
        for row in rows:
            dates_agree(row)
            chain_holds(row, events[row.pk], taken)
        for shown in selectors.with_standing(Certificate.objects.filter(pk__in=keys), on=self.today):
            assert shown.public_standing == standing_on(shown, self.today) == told(shown, self.today)
