"""Pages of the self-assessment."""

from django.urls import path

from certification.assessments.web import (
    changes,
    checks,
    evidence,
    index,
    ledger,
    moving,
    questions,
    reading,
    tasks,
    workbook,
)

app_name = "assessments"

_ONE = "assessments/<uuid:assessment_id>/"

urlpatterns = [
    path("assessments/", index.index, name="index"),
    path("assessments/start/", index.start, name="start"),
    path(_ONE, tasks.assessment, name="assessment"),
    path(_ONE + "questions/", questions.questions, name="questions"),
    path(_ONE + "criteria/<str:code>/", questions.criterion, name="criterion"),
    path(_ONE + "ask/", tasks.ask, name="ask"),
    path(_ONE + "changes/", changes.changes, name="changes"),
    path(_ONE + "changes/confirm/", changes.confirm, name="confirm"),
    path(_ONE + "checks/", checks.checks, name="checks"),
    path(_ONE + "checks/<slug:rule>/<str:subject>/", checks.dismiss, name="dismiss"),
    path(_ONE + "question/<str:code>/", questions.question, name="question"),
    path(_ONE + "workbook/", workbook.workbook, name="workbook"),
    path(_ONE + "workbook/download/", workbook.download, name="workbook_download"),
    path(_ONE + "workbook/check/", workbook.check, name="workbook_check"),
    path(_ONE + "workbook/discard/", workbook.discard, name="workbook_discard"),
    path(_ONE + "results/", reading.results, name="results"),
    path(_ONE + "plan/<uuid:indicator_id>/", reading.plan, name="plan"),
    path(_ONE + "read/", reading.read, name="read"),
    path(_ONE + "edition/", moving.edition, name="edition"),
    path(_ONE + "ledger/", ledger.ledger, name="ledger"),
    path(_ONE + "ledger/orders/new/", ledger.order_new, name="order_new"),
    path(_ONE + "ledger/orders/<uuid:order_id>/", ledger.order_edit, name="order_edit"),
    path(_ONE + "ledger/orders/<uuid:order_id>/remove/", ledger.order_remove, name="order_remove"),
    path(_ONE + "ledger/orders/<uuid:order_id>/lines/new/", ledger.line_new, name="line_new"),
    path(_ONE + "ledger/lines/<uuid:line_id>/", ledger.line_edit, name="line_edit"),
    path(_ONE + "ledger/lines/<uuid:line_id>/remove/", ledger.line_remove, name="line_remove"),
    path(_ONE + "ledger/lines/<uuid:line_id>/answer/", ledger.line_answer, name="line_answer"),
    path("evidence/", evidence.library, name="evidence"),
    path("evidence/add/", evidence.add, name="evidence_add"),
    path("evidence/<uuid:evidence_id>/", evidence.change, name="evidence_change"),
    path("evidence/<uuid:evidence_id>/version/", evidence.version, name="evidence_version"),
    path("evidence/<uuid:evidence_id>/download/", evidence.download, name="evidence_download"),
]
