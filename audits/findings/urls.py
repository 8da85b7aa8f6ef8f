from django.urls import path

from . import web

app_name = "findings"
urlpatterns = [
    path("findings/", web.findings, name="list"),
    path("findings/<uuid:finding_id>/", web.finding, name="finding"),
    path("findings/<uuid:finding_id>/files/<uuid:file_id>/", web.evidence, name="file"),
    path("findings/<uuid:finding_id>/<slug:name>/", web.act, name="act"),
    path("audits/<uuid:audit_id>/findings/new/<uuid:indicator_id>/", web.raise_finding, name="raise"),
]
