from django.urls import path

from .web import desk, objections, offers, ordered, planning, rating

app_name = "engagements"

_ONE = "audits/<uuid:audit_id>/"

urlpatterns = [
    path("audits/", offers.audits, name="list"),
    path("audits/ordered/", ordered.ordered, name="ordered"),
    path("audits/ordered/<uuid:order_id>/", ordered.assign_ordered, name="assign_ordered"),
    path(_ONE + "closure/", ordered.assign_closure, name="assign_closure"),
    path("applications/<uuid:application_id>/assign/", offers.assign, name="assign"),
    path(_ONE + "offer/", offers.offer, name="offer"),
    path(_ONE + "accept/", offers.accept, name="accept"),
    path(_ONE + "decline/", offers.decline, name="decline"),
    path(_ONE + "cancel/", offers.cancel, name="cancel"),
    path(_ONE + "declare/", offers.declare, name="declare"),
    path(_ONE + "objections/new/", objections.new, name="object"),
    path(_ONE + "lead/", objections.change_lead, name="change_lead"),
    path("objections/<uuid:objection_id>/", objections.answer, name="answer_objection"),
    path("objections/<uuid:objection_id>/withdraw/", objections.withdraw, name="withdraw_objection"),
    path("scheme/auditors/<uuid:auditor_id>/witness/new/", objections.plan_witness, name="plan_witness"),
    path("witness/<uuid:witness_audit_id>/", objections.record_witness, name="record_witness"),
    path(_ONE + "plan/", planning.plan, name="plan"),
    path(_ONE + "plan.ics", planning.calendar, name="calendar"),
    path(_ONE + "stage-1/heard/", planning.note_prior, name="note_prior"),
    path(_ONE + "stage-1/", desk.stage1, name="stage1"),
    path(_ONE + "stage-1/start/", desk.start_stage1, name="start_stage1"),
    path(_ONE + "stage-1/close/", desk.close_stage1, name="close_stage1"),
    path(_ONE + "stage-1/reopen/", desk.reopen_stage1, name="reopen_stage1"),
    path(_ONE + "stage-<int:stage>/save/<uuid:indicator_id>/", rating.save, name="desk_save"),
    path(_ONE + "stage-1/<str:code>/", rating.desk1, name="desk1"),
    path(_ONE + "stage-2/", desk.stage2, name="stage2"),
    path(_ONE + "stage-2/start/", desk.start_stage2, name="start_stage2"),
    path(_ONE + "stage-2/interviews/", desk.interviews, name="interviews"),
    path(_ONE + "stage-2/<str:code>/", rating.desk2, name="desk2"),
]
