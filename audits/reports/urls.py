from django.urls import path

from .web import exports, versions
from .web import reporting as web

app_name = "reports"

_ONE = "audits/<uuid:audit_id>/"

urlpatterns = [
    path("applications/<uuid:application_id>/exports/", exports.exports, name="exports"),
    path("exports/<uuid:export_id>/", exports.export_file, name="export_file"),
    path(_ONE, web.audit, name="audit"),
    path(_ONE + "findings/issue/", web.issue_findings, name="issue_findings"),
    path(_ONE + "report/", web.report, name="report"),
    path(_ONE + "report/versions/<int:number>/", versions.version_pdf, name="version"),
    path(_ONE + "report/correct/", versions.correct, name="correct"),
    path(_ONE + "report/draft/", web.draft, name="draft"),
    path(_ONE + "report/agree/", web.agree, name="agree"),
    path(_ONE + "report/dispute/", web.dispute, name="dispute"),
    path(_ONE + "report/disputes/", web.disputes, name="disputes"),
    path(_ONE + "report/conclude/", web.conclude, name="conclude"),
]
