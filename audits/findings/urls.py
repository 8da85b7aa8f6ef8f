from django.urls import path

from .web import pages as web

app_name = "findings"
urlpatterns = [
    path("findings/", web.findings, name="list"),
    path("findings/grades/", web.grades, name="grades"),
    path("findings/<uuid:finding_id>/", web.finding, name="finding"),
    path("findings/<uuid:finding_id>/files/<uuid:file_id>/", web.evidence, name="file"),
    path(
        "findings/<uuid:finding_id>/containment/<uuid:containment_id>/",
        web.containment_file,
        name="containment_file",
    ),
    path("findings/<uuid:finding_id>/time/<uuid:extension_id>/", web.extension, name="extension"),
    path("findings/<uuid:finding_id>/<slug:name>/", web.act, name="act"),
    path("audits/<uuid:audit_id>/findings/carry/", web.carry, name="carry"),
    path("audits/<uuid:audit_id>/findings/new/<uuid:indicator_id>/", web.raise_finding, name="raise"),
]
