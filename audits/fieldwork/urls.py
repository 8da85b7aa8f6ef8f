from django.urls import path

from .web import evidence, meetings, signs

app_name = "fieldwork"

_ONE = "audits/<uuid:audit_id>/"
_EVIDENCE = _ONE + "evidence/<uuid:evidence_id>/"
_MEETING = _ONE + "meetings/<str:kind>/"

urlpatterns = [
    path(_ONE + "evidence/", evidence.evidence_list, name="evidence_list"),
    path(_ONE + "evidence/add/", evidence.add, name="evidence_add"),
    path(_EVIDENCE, evidence.evidence, name="evidence"),
    path(_EVIDENCE + "file/", evidence.download, name="evidence_file"),
    path(_EVIDENCE + "redact/", evidence.redact, name="evidence_redact"),
    path(_EVIDENCE + "withdraw/", evidence.withdraw, name="evidence_withdraw"),
    path(_EVIDENCE + "check/", evidence.check, name="evidence_check"),
    path(_ONE + "signs/", signs.signs, name="signs"),
    path(_ONE + "signs/table.csv", signs.signs_file, name="signs_file"),
    path(_ONE + "signs/<str:code>/", signs.sign, name="sign"),
    path(_MEETING, meetings.meeting, name="meeting"),
    path(_MEETING + "reply/<uuid:acknowledgement_id>/", meetings.reply, name="meeting_reply"),
    path("m/<str:code>/", meetings.acknowledge, name="acknowledge"),
]
