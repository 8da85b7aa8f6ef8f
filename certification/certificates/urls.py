"""Addresses of this room."""

from django.urls import path

from certification.certificates.web import acting, deciding, keeping, mark, pages

app_name = "certificates"
_ONE = "certificates/<uuid:certificate_id>/"
urlpatterns = [
    path("decisions/", deciding.queue, name="queue"),
    path("applications/<uuid:application_id>/decide/", deciding.decide, name="decide"),
    path("applications/<uuid:application_id>/decide/questions/", keeping.defer, name="defer"),
    path("decisions/questions/<uuid:deferral_id>/", keeping.answer_deferral, name="answer_deferral"),
    path("certificates/", pages.certificates, name="list"),
    path("certificates/keeping/", keeping.keeping, name="keeping"),
    path(_ONE, pages.certificate, name="certificate"),
    path(f"{_ONE}pdf/", pages.pdf, name="pdf"),
    path(f"{_ONE}suspend/", acting.suspend, name="suspend"),
    path(f"{_ONE}reinstate/", acting.reinstate, name="reinstate"),
    path(f"{_ONE}withdraw/", acting.withdraw, name="withdraw"),
    path(f"{_ONE}reduce/", acting.reduce, name="reduce"),
    path(f"{_ONE}keep/", acting.keep, name="keep"),
    path(f"{_ONE}correct/", acting.correct, name="correct"),
    path(f"{_ONE}give-up/", acting.give_up, name="give_up"),
    path(f"{_ONE}conditions/<uuid:condition_id>/", acting.condition, name="condition"),
    path(f"{_ONE}audits/", keeping.order_audit, name="order_audit"),
    path(f"{_ONE}audits/<uuid:order_id>/held/", keeping.audit_held, name="audit_held"),
    path(f"{_ONE}audits/<uuid:order_id>/missed/", keeping.audit_missed, name="audit_missed"),
    path(f"{_ONE}mark/", mark.mark, name="mark"),
    path(f"{_ONE}mark/file/", mark.mark_file, name="mark_file"),
    path("mark/misuse/", mark.misuses, name="misuses"),
    path("mark/misuse/<uuid:case_id>/", mark.misuse, name="misuse"),
    path("mark/misuse/<uuid:case_id>/evidence/", mark.evidence, name="misuse_evidence"),
    path("agencies/<uuid:agency_id>/report-misuse/", mark.report, name="report_misuse"),
]
