"""Routes of checks and receipts."""

from django.urls import path

from supplychain.lookups import web

app_name = "lookups"
urlpatterns = [
    path("lookups/", web.check, name="check"),
    path("lookups/<uuid:lookup_id>/", web.lookup, name="lookup"),
    path("lookups/<uuid:lookup_id>/choose/<uuid:agency_id>/", web.choose, name="choose"),
    path("lookups/<uuid:lookup_id>/refuse/<uuid:agency_id>/", web.refuse, name="refuse"),
    path("lookups/<uuid:lookup_id>/receipt.pdf", web.receipt_pdf, name="receipt_pdf"),
    path("lookups/<uuid:lookup_id>/receipt.json", web.receipt_json, name="receipt_json"),
    path("receipts/<str:number>/", web.proof, name="proof"),
]
