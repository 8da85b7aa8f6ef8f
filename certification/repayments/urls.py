"""Addresses of this room."""

from django.urls import path, re_path

from certification.repayments.web import acts, pages, payers, sheets, workers

CASE = "repayments/<uuid:case_id>/"
ONE = CASE + "workers/<uuid:worker_id>/"
UUID = "[0-9a-f-]{36}"

app_name = "repayments"
urlpatterns = [
    path("repayments/", pages.cases, name="list"),
    path("repayments/new/", pages.add, name="add"),
    path("repayments/sheets/<slug:kind>.csv", sheets.empty, name="empty_sheet"),
    path(CASE, pages.case, name="case"),
    re_path(
        rf"^repayments/(?P<case_id>{UUID})/calculation\.(?P<kind>xlsx|pdf)$",
        pages.calculation,
        name="calculation",
    ),
    path(CASE + "files/<uuid:file_id>/", pages.paper, name="paper"),
    re_path(
        rf"^repayments/(?P<case_id>{UUID})/breaches/(?P<breach_id>{UUID})/(?P<name>answer|settle|refuse)/$",
        pages.breach,
        name="breach",
    ),
    path(CASE + "workers/", workers.workers, name="workers"),
    path(CASE + "workers/new/", workers.add, name="worker_add"),
    path(CASE + "workers/sheet/", sheets.upload, name="upload"),
    path(CASE + "workers/sheet/<uuid:draft_id>/", sheets.preview, name="preview"),
    path(ONE, workers.worker, name="worker"),
    path(ONE + "name/", workers.name, name="name"),
    re_path(
        rf"^repayments/(?P<case_id>{UUID})/workers/(?P<worker_id>{UUID})/"
        rf"(?P<kind>cost|loan|payment)/(?P<part_id>{UUID})/remove/$",
        workers.remove,
        name="remove",
    ),
    path(ONE + "<slug:name>/", workers.act, name="worker_act"),
    re_path(
        rf"^repayments/(?P<case_id>{UUID})/(?P<kind>payments|confirmations)/$", sheets.records, name="records"
    ),
    path(CASE + "bank-list/", sheets.bank_list, name="bank_list"),
    path(CASE + "payers/<uuid:share_id>/", payers.share, name="share"),
    path(CASE + "payers/proofs/<uuid:proof_id>/", payers.share_proof, name="share_proof"),
    path("repayments/share/<str:token>/", payers.payer, name="payer"),
    path(CASE + "<slug:name>/", acts.act, name="act"),
]
