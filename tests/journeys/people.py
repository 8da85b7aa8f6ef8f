"""Who takes part in the thread, and the organisations that are there before it begins."""

PASSWORD = "correct horse battery"
MANAGER, SCREENER, DECIDER = "manager@scheme.example", "screener@scheme.example", "decider@scheme.example"
LEAD, LEAD_NAME = "lead@verrow.example", "Ilse Obuya-Marchetti"
SECOND_DECIDER, THIRD_DECIDER = "second.decider@scheme.example", "third.decider@scheme.example"

# The scheme's office with its people, made by the same services that its pages call.
OFFICE = f"""
from iris.accounts import services as accounts
office = accounts.create_organisation("scheme", "Scheme office", "CH")
for email, name, role in (
    ("{MANAGER}", "Tomas Revell", "scheme_manager"),
    ("{SCREENER}", "Amara Diallo", "screener"),
    ("{DECIDER}", "Joaquim Brandt", "decider"),
):
    accounts.add_member(office, accounts.register_person(email, name, "{PASSWORD}", verified=True), role)
"""

# An approved audit firm with one lead auditor, made by the same services that the scheme's pages call.
FIRM = f"""
from audits.bodies import services as bodies
from audits.bodies.states import language_table
from iris.accounts import services as accounts
from iris.accounts.models import User
from iris.core import clocks
manager = User.objects.get(email="{MANAGER}")
firm = accounts.create_organisation("audit_firm", "Verrow and Tane", "GB")
firm = accounts.vet_organisation(firm.pk, manager, True)
lead = accounts.register_person("{LEAD}", "{LEAD_NAME}", "{PASSWORD}", verified=True)
accounts.add_member(firm, lead, "lead_auditor")
approved = bodies.approve_firm(organisation_id=firm.pk, actor=manager, approved_from=clocks.today())
competence = bodies.Competence(
    lead=True, languages=list(language_table()[0]), countries=["NP", "QA", "MY"], sectors=["construction"]
)
auditor = bodies.approve_auditor(
    firm_id=approved.pk, person_id=lead.pk, actor=manager, competence=competence, approved_from=clocks.today()
)
bodies.record_training(
    auditor_id=auditor.pk, actor=manager, course="Lead auditor course", passed_on=clocks.today()
)
bodies.declare_interests(auditor_id=auditor.pk, actor=lead, text="No work, money or family ties with any agency.")
"""

# Two more deciders, for what takes more than two eyes or other people than the first.
MORE_DECIDERS = f"""
from iris.accounts import services as accounts
from iris.accounts.selectors import scheme_organisation
office = scheme_organisation()
for email, name in (("{SECOND_DECIDER}", "Leila Haddadi"), ("{THIRD_DECIDER}", "Oluwaseun Marsh")):
    accounts.add_member(office, accounts.register_person(email, name, "{PASSWORD}", verified=True), "decider")
"""
