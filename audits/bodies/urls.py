from django.urls import path

from . import web

app_name = "bodies"
urlpatterns = [
    path("scheme/audit-firms/", web.firms, name="firms"),
    path("scheme/audit-firms/approve/<uuid:organisation_id>/", web.approve_firm, name="approve_firm"),
    path("scheme/audit-firms/<uuid:firm_id>/", web.firm, name="firm"),
    path("scheme/audit-firms/<uuid:firm_id>/end/", web.end_approval, name="end_approval"),
    path("scheme/audit-firms/<uuid:firm_id>/auditors/new/", web.add_auditor, name="add_auditor"),
    path("scheme/auditors/<uuid:auditor_id>/", web.change_auditor, name="change_auditor"),
    path("scheme/auditors/<uuid:auditor_id>/ties/new/", web.add_tie, name="add_tie"),
]
