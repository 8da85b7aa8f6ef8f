"""Fourteen interviews in one audit that is on site: invented people, sealed, and what they said."""

from datetime import datetime, timedelta

from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from audits.interviews import selectors, services
from audits.interviews.models import Interview
from audits.interviews.services import IdentityInput, InterviewDetails, Reply
from audits.interviews.states import StopReason, WithdrawReason
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.scheme import World

# kind, mode, sex, people, language, name
PEOPLE = (
    ("workers", "individual", "female", 1, "ne", "Kamala Demoshrestha"),
    ("workers", "individual", "female", 1, "ne", "Bishnu Demogurung"),
    ("workers", "individual", "male", 1, "ne", "Suraj Demotamang"),
    ("workers", "off_site", "male", 1, "hi", "Arjun Demoverma"),
    ("workers", "phone", "male", 1, "bn", "Rafiq Demohossain"),
    ("workers", "phone", "male", 1, "ne", "Dhan Demomagar"),
    ("workers", "group", "female", 6, "ne", "Laxmi Demorana"),
    ("workers", "group", "male", 8, "ne", "Prem Demothapa"),
    ("jobseekers", "individual", "female", 1, "ne", "Anita Demorai"),
    ("jobseekers", "group", "mixed", 7, "ne", "Sabin Demokarki"),
    ("returnees", "remote", "male", 1, "ne", "Tek Demobhandari"),
    ("staff", "individual", "female", 1, "en", "Usha Demolama"),
    ("management", "individual", "male", 1, "en", "Mahesh Demosingh"),
)
PAID = ("yes", "yes", "no", "yes", "yes", "no", "yes", "yes", "no", "no", "yes")
NOTES = {
    0: "NPR 95,000 to an agent in the district town, no receipt.",
    3: "The family sold a field; the agent called it a service charge.",
    6: "Four of the group paid, two did not.",
}


def build(world: World, now: datetime) -> None:
    """The interviews of the first audit in stage 2; one stopped for safety, one taken back, one still to hold."""
    audit = Audit.objects.filter(state=AuditState.STAGE2).order_by("created_at").first()
    if audit is None:
        return
    lead = audit.lead.person
    corridor = audit.agency.corridors.order_by("created_at").first()
    route = (corridor.origin, corridor.destination) if corridor else ("NP", "QA")
    with clocks.freeze(now - timedelta(hours=30)):
        held = [_hold(audit, lead, number, route) for number in range(len(PEOPLE))]
        services.withdraw_interview(interview_id=held[2].pk, actor=lead, why=WithdrawReason.CONSENT)
    with clocks.freeze(now - timedelta(hours=5)):
        _plan(audit, lead, 4, route, "Noor Demobegum")
        stopped = _plan(audit, lead, 1, route, "Mina Demochhetri")
        _agree(stopped, lead)
        services.stop_interview(interview_id=stopped.pk, actor=lead, why=StopReason.INTERRUPTED)
        unsafe = _plan(audit, lead, 1, route, "Goma Demobasnet")
        _agree(unsafe, lead)
        services.safeguard(interview_id=unsafe.pk, actor=lead, immediate=False)
        services.open_vault(
            audit_id=audit.pk,
            actor=lead,
            purpose="safeguard",
            reason="Call back at the hour agreed.",
            interview_id=unsafe.pk,
        )


def _plan(audit: Audit, lead: User, row: int, route: tuple[str, str], name: str) -> Interview:
    kind, mode, sex, people, language, _own = PEOPLE[row]
    worker = kind in {"workers", "jobseekers", "returnees"}
    made = services.plan_interview(
        audit_id=audit.pk,
        actor=lead,
        details=InterviewDetails(
            kind=kind,
            mode=mode,
            place="distance" if mode in {"phone", "remote"} else ("neutral" if worker else "agency"),
            planned_for=clocks.today(),
            language=language,
            interpreter="independent" if language == "bn" else "none",
            sex=sex,
            interviewer_sex="female",
            wish="same" if sex == "female" else "any",
            people=people,
            origin=route[0] if worker else "",
            destination=route[1] if worker else "",
            employer_code=f"E{1 + row % 3}" if kind == "workers" else "",
        ),
    )
    person = IdentityInput(name, f"+977 980 {4410000 + row * 137}", f"S-{row + 101}")
    services.name_person(interview_id=made.pk, actor=lead, person=person)
    return made


def _agree(made: Interview, lead: User) -> None:
    version = selectors.consent_version(made.language)
    services.record_consent(
        interview_id=made.pk, actor=lead, language=made.language, given="voice", version=version
    )


def _hold(audit: Audit, lead: User, row: int, route: tuple[str, str]) -> Interview:
    made = _plan(audit, lead, row, route, PEOPLE[row][5])
    _agree(made, lead)
    replies = {}
    for group in selectors.guide().groups_for(made.kind):
        for place, question in enumerate(group.questions):
            usual = "no" if "yes" in question.against else "yes"
            other = "yes" if usual == "no" else "no"
            replies[question.id] = Reply(other if (row + place) % 9 == 4 else usual)
    if row < len(PAID):
        replies["paid"] = Reply(PAID[row], NOTES.get(row, ""))
    services.save_statements(interview_id=made.pk, actor=lead, replies=replies)
    return services.finish_interview(interview_id=made.pk, actor=lead)
