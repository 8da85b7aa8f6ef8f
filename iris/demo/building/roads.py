"""Each agency walks its road through the real services, on the days on which it would have."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from certification.agencies import services as agencies
from certification.agencies.models import Agency
from certification.agencies.services import (
    BranchAnswers,
    Contact,
    LegalEntity,
    LicenceAnswers,
    NameAnswers,
    SubAgentAnswers,
)
from certification.applications import services as applications
from certification.applications.models import Application
from certification.assessments import services as assessments
from certification.assessments.models import Assessment
from certification.assessments.services import (
    AnswerEntry,
    CostLineEntry,
    Declaration,
    JobOrderEntry,
    Settlement,
)
from certification.certificates import services as certificates
from certification.certificates.models import Certificate
from certification.certificates.states import Outcome
from iris.accounts import services as accounts
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.demo.building import family
from iris.demo.building.auditing import Auditing
from iris.demo.building.keeping import afterwards
from iris.demo.building.registers import licence_number
from iris.demo.building.scheme import World, person, slug

AUTHORITIES = {
    "NP": "Department of Foreign Employment",
    "PH": "Department of Migrant Workers",
    "GB": "Fair Work Agency",
    "IN": "Protector General of Emigrants",
    "BD": "Bureau of Manpower, Employment and Training",
    "LK": "Sri Lanka Bureau of Foreign Employment",
    "ID": "Ministry of Protection of Migrant Workers",
    "PL": "Marshal of the voivodeship",
    "CZ": "Labour Office",
    "SG": "Ministry of Manpower",
    "HK": "Labour Department",
}
CURRENCY = {
    "NP": "NPR",
    "PH": "PHP",
    "BD": "BDT",
    "IN": "INR",
    "ID": "IDR",
    "LK": "LKR",
    "VN": "VND",
    "KE": "KES",
}
# The employer named on job orders, and one worker's basic wage of a month.
EMPLOYER = {"MY": "Brightmoor Electronics", "QA": "Brightmoor Electronics"}
WAGE = {"MY": ("1700", "MYR"), "QA": ("1200", "QAR"), "SA": ("1500", "SAR"), "AE": ("1300", "AED")}
COSTS = (
    ("F1", "Recruitment service fee", "48000"),
    ("C1", "Medical test", "6500"),
    ("C2", "Insurance and welfare fund", "9150"),
    ("C4", "Orientation before departure", "700"),
    ("C6", "Air ticket and lodging", "54300"),
    ("C7", "Visa, permit, attestation", "12800"),
)
STATEMENT = (
    "I declare that the answers and the cost ledger are true and complete to the best of my knowledge."
)
# How far each road goes on the way to a certificate; what comes after stands in `Road.finish`.
LENGTH = {
    "enrolled": 0, "draft": 1, "worker_borne": 1, "submitted": 2, "fee_pending": 3, "withdrawn_application": 3,
    "in_review": 4, "deferred": 4, "rejected": 4, "accepted": 5, "offered": 6, "declined": 6, "planned": 7, "stage1": 8,
    "stage2": 9, "under_findings": 10, "draft_report": 11, "disputed": 11, "recommended": 12,
}  # fmt: skip
ALL_THE_WAY = 13
# Days after enrolment on which each step is reached.
PACE = (0, 4, 14, 16, 18, 26, 31, 34, 50, 60, 64, 78, 100, 112)


class Road:
    """One agency's walk."""

    def __init__(self, world: World, row: Mapping[str, Any], now: datetime, number: int) -> None:
        self.world, self.row, self.number = world, row, number
        self.kind: str = row["road"]
        self.length = LENGTH.get(self.kind, ALL_THE_WAY)
        self.now = now
        self.seed = zlib.crc32(row["name"].encode())
        # A road that is still being walked ends near today, so that its deadlines are those of a living case.
        lively = PACE[self.length] + 5 + self.seed % 8 if self.length < ALL_THE_WAY else row["days"]
        self.days = min(row["days"], lively)
        first = now.date() - timedelta(days=self.days)
        self.began = datetime.combine(first, time(9, number % 60), tzinfo=UTC)

    @contextmanager
    def day(self, step: float, hours: int = 0) -> Iterator[None]:
        """The clock at a step of the road; roads that are not finished end near today."""
        whole = int(step)
        offset = PACE[whole] + (step - whole) * (PACE[min(whole + 1, len(PACE) - 1)] - PACE[whole])
        if self.length < ALL_THE_WAY:
            span = max(1.0, PACE[self.length] + 1)
            offset = offset * min(1.0, (self.days - 2) / span)
        at = min(self.began + timedelta(days=offset, hours=hours), self.now - timedelta(minutes=30))
        with clocks.freeze(at):
            yield

    def walk(self) -> Agency:
        """All of it."""
        with self.day(0):
            self.agency, self.signatory = self._enrol()
        self.world.agencies[self.row["name"]] = self.agency
        if self.length >= 1:
            self._assess()
        if self.length >= 2:
            self._apply()
        if self.length >= 6:
            Auditing(self).walk()
        if self.length >= ALL_THE_WAY:
            self._decide()
        return self.agency

    # -- steps ----------------------------------------------------------------------------------------

    def _enrol(self) -> tuple[Agency, User]:
        row = self.row
        organisation = accounts.create_organisation(OrganisationKind.AGENCY, row["name"], row["country"])
        name = self.world.a_name(self.seed)
        domain = f"{slug(row['name']).split('.')[0]}-{self.number}"
        signatory = person(name, organisation, "signatory", demo=bool(row.get("demo")), at=domain)
        entity = LegalEntity(
            legal_name=row["name"],
            registration_number=f"{row['country']}-{self.seed % 900000 + 100000}",
            country=row["country"],
            legal_name_lang=row.get("lang_legal", "en"),
        )
        contact = Contact(
            address=f"{self.seed % 90 + 1} Market Street",
            city=row["city"],
            contact_name=name,
            email=f"office@{domain}.example",
            phone=f"+000 {self.seed % 9000000 + 1000000}",
            website=f"https://{domain}.example/",
        )
        agency = agencies.enrol_agency(actor=signatory, details=entity, contact=contact)
        self._enrol_rest(agency, signatory)
        return agency, signatory

    def _enrol_rest(self, agency: Agency, actor: User) -> None:
        row = self.row
        key: dict[str, Any] = {"agency_id": agency.pk, "actor": actor}
        if row.get("local"):
            agencies.add_name(**key, answers=NameAnswers(kind="local", name=row["local"], lang=row["lang"]))
        if self.kind == "enrolled":
            return
        days = 20 if self.seed % 9 == 0 and self.length < ALL_THE_WAY else 500 + self.seed % 400
        end = max(clocks.today() + timedelta(days=days), self.now.date() + timedelta(days=days % 400 + 20))
        agencies.add_licence(
            **key,
            answers=LicenceAnswers(
                country=row["country"],
                authority=AUTHORITIES.get(row["country"], "Ministry of Labour"),
                number=licence_number(row["country"], self.seed),
                valid_from=clocks.today() - timedelta(days=200),
                valid_to=end,
            ),
            copy=_document("licence", f"Copy of the licence of {row['name']}"),
        )
        agencies.set_corridors(**key, corridors=[tuple(pair.split("-")) for pair in row["corridors"]])
        agencies.set_sectors(**key, sectors=row["sectors"])
        for answers in family.officers(row["name"], row["country"], self.seed):
            agencies.add_officer(**key, answers=answers)
        if self.seed % 3:
            agencies.add_branch(
                **key, answers=BranchAnswers(name="Training branch", country=row["country"], city=row["city"])
            )
        for count in range(self.seed % 3):
            sub = SubAgentAnswers(name=f"Village agent {count + 1}", country=row["country"], city=row["city"])
            agencies.add_sub_agent(**key, answers=sub)
        agencies.declare_sanctions(**key, answer="none")
        agencies.confirm_enrolment(**key)

    def _assess(self) -> None:
        with self.day(1):
            self.assessment = assessments.start_assessment(self.agency.pk, self.signatory)
            proofs = [
                assessments.add_evidence(
                    agency_id=self.agency.pk,
                    actor=self.signatory,
                    upload=_document(word, f"{word} of {self.row['name']}"),
                    title=title,
                    kind=kind,
                )
                for word, title, kind in (
                    ("handbook", "Handbook of the agency", "policy"),
                    ("contract", "Contract with an employer", "contract"),
                    ("register", "Register of jobseekers", "register_log"),
                )
            ]
        with self.day(1.5):
            self._answer(proofs)
        with self.day(1.7):
            self._ledger(proofs[1].pk)

    def _answer(self, proofs: list[Any]) -> None:
        answers = list(self.assessment.answers_in_order())
        if self.kind == "draft":
            answers = answers[: len(answers) * 2 // 3]
        entries = []
        for index, answer in enumerate(answers):
            roll = (self.seed + index * 37) % 23
            value = "no" if roll == 0 else "partly" if roll in (1, 2, 3) else "yes"
            maturity = {"yes": 3 + (roll % 5 == 0), "partly": 2, "no": 0}[value]
            comment = (
                "See the chapter in the handbook; the records are kept at the head office."
                if roll % 4 == 0
                else ""
            )
            entries.append(
                AnswerEntry(
                    indicator_id=answer.indicator_id,
                    version=answer.version,
                    value=value,
                    maturity=maturity,
                    comment=comment,
                    evidence_ids=frozenset() if value == "no" else frozenset({proofs[index % 3].pk}),
                )
            )
        assessments.save_answers(assessment_id=self.assessment.pk, actor=self.signatory, entries=entries)

    def _ledger(self, proof: Any) -> None:
        key: dict[str, Any] = {"assessment_id": self.assessment.pk, "actor": self.signatory}
        currency = CURRENCY.get(self.row["country"], "USD")
        for index, pair in enumerate(self.row["corridors"]):
            origin, destination = pair.split("-")
            order = JobOrderEntry(
                reference=f"JO-{self.seed % 9000 + index}",
                origin=origin,
                destination=destination,
                employer_name=EMPLOYER.get(destination, "Tellmark Plastics"),
                workers=40 + self.seed % 120,
                currency=currency,
                wage=WAGE.get(destination, ("650", "USD"))[0],
                wage_currency=WAGE.get(destination, ("650", "USD"))[1],
            )
            made = assessments.save_job_order(**key, entry=order)
            for category, label, amount in COSTS:
                self._line(key, made.pk, (category, label, amount, currency), proof, first=index == 0)

    def _line(
        self, key: dict[str, Any], order_id: Any, cost: tuple[str, ...], proof: Any, *, first: bool
    ) -> None:
        category, label, amount, currency = cost
        borne = (
            category == "C1"
            and first
            and (self.kind in {"worker_borne", "under_findings"} or self.seed % 7 == 0)
        )
        line = assessments.save_cost_line(
            **key,
            order_id=order_id,
            entry=CostLineEntry(
                category=category,
                label=label,
                amount=amount,
                currency=currency,
                paid_by="worker" if borne else "employer",
                proof_id=proof,
                lawful="unclear" if borne else "yes",
            ),
        )
        if borne and self.kind != "worker_borne":
            settlement = Settlement(
                response="Workers paid the clinic at the door. We have stopped this and agreed to repay each of them.",
                repaid_how="Bank transfer to each worker, with the payslip of the month",
                repaid_by="agency",
                repaid_on=clocks.today() + timedelta(days=30),
            )
            assessments.answer_worker_borne(
                **key, line_id=line.pk, settlement=settlement, version=line.version
            )

    def _apply(self) -> None:
        with self.day(2):
            made = applications.open_application(agency_id=self.agency.pk, actor=self.signatory)
            declaration = Declaration(name=self.signatory.full_name, role="Managing director", text=STATEMENT)
            applications.submit_application(
                application_id=made.pk, actor=self.signatory, declaration=declaration
            )
        self.application_id = made.pk
        key: dict[str, Any] = {"application_id": made.pk, "actor": self.world.staff["screener"]}
        if self.length >= 3:
            with self.day(3):
                applications.request_fee(**key, invoice_number=f"INV-{self.began.year}-{self.number:03d}")
                if self.kind == "withdrawn_application":
                    applications.withdraw_application(
                        application_id=made.pk,
                        actor=self.signatory,
                        reason="We merge with a sister company first.",
                    )
        if self.length >= 4:
            with self.day(4):
                applications.record_fee(
                    **key, paid_on=clocks.today(), invoice_number=f"INV-{self.number:03d}"
                )
        self._screen(key)

    def _screen(self, key: dict[str, Any]) -> None:
        if self.kind == "deferred":
            with self.day(4, hours=30):
                text = "The copy of your licence ends before page 2. Send the whole document, and the list of branches."
                marked = self.latest_assessment().answers_in_order().filter(value="no")[:2]
                note = "Say by when this is put right, and who sees to it."
                flags = [applications.Flag(indicator_id=one.indicator_id, note=note) for one in marked]
                applications.defer_application(**key, reason=text, flags=flags)
        elif self.kind == "rejected":
            with self.day(4, hours=40):
                text = (
                    "The licence where you operate was not in force when you applied. Apply again when it is."
                )
                applications.reject_application(**key, reason=text)
        elif self.length >= 5:
            with self.day(5):
                applications.accept_application(**key)

    def _decide(self) -> None:
        decider = self.world.deciders[self.number % len(self.world.deciders)]
        refused = self.kind == "refused"
        outcome = Outcome.REFUSE if refused else Outcome.GRANT
        conditions = []
        if self.kind == "conditional":
            outcome = Outcome.GRANT_WITH_CONDITIONS
            due = self.now.date() + timedelta(days=45 + self.seed % 40)
            text = "Sign written contracts with the two sub-agents that have none, and send copies."
            conditions = [certificates.ConditionDraft(text=text, due_on=due)]
        reasons = (
            "Workers paid at two branches and the repayment is not secured; the system does not yet prevent it."
            if refused
            else "I read the report, the closed findings and the self-assessment. The system keeps what is asked."
        )
        with self.day(13):
            certificates.decide_application(
                application_id=self.application_id,
                actor=decider,
                outcome=outcome,
                reasons=reasons,
                conditions=conditions,
            )
        if not refused:
            made = Certificate.objects.get(application_id=self.application_id, replaced_by=None)
            with clocks.freeze(self.now - timedelta(days=20 + self.seed % 30)):
                afterwards(self, made)

    def latest_assessment(self) -> Assessment:
        """The assessment as it is now."""
        return Assessment.objects.get(pk=self.assessment.pk)

    def application(self) -> Application:
        """The application as it is now."""
        return Application.objects.get(pk=self.application_id)


def _document(word: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        f"{word}.txt", f"{text}. A document of the demonstration.\n".encode(), "text/plain"
    )
