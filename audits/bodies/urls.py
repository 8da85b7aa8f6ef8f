from django.urls import path

from .web import firms

app_name = "bodies"
urlpatterns = [
    path("scheme/audit-firms/", firms.firms, name="firms"),
    path("scheme/audit-firms/approve/<uuid:organisation_id>/", firms.approve_firm, name="approve_firm"),
    path("scheme/audit-firms/<uuid:firm_id>/", firms.firm, name="firm"),
    path("scheme/audit-firms/<uuid:firm_id>/end/", firms.end_approval, name="end_approval"),
    path("scheme/audit-firms/<uuid:firm_id>/auditors/new/", firms.add_auditor, name="add_auditor"),
    path("scheme/auditors/<uuid:auditor_id>/", firms.change_auditor, name="change_auditor"),
    path("scheme/auditors/<uuid:auditor_id>/ties/new/", firms.add_tie, name="add_tie"),
]
