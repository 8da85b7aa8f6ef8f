"""Routes of the chain."""

from django.urls import path

from supplychain.chains.web import importing, inviting, part, parties, writing
from supplychain.chains.web import map as seen

app_name = "chains"
urlpatterns = [
    path("chain/", seen.chain, name="chain"),
    path("chain/tree/", seen.tree, name="tree"),
    path("chain/table/", seen.table, name="table"),
    path("chain/findings/", seen.findings, name="findings"),
    path("chain/map.json", seen.map_data, name="map_data"),
    path("chain/map.csv", seen.map_csv, name="map_csv"),
    path("chain/search/", seen.map_search, name="map_search"),
    path("chain/parties/<uuid:party_id>/", parties.party, name="party"),
    path("chain/parties/<uuid:party_id>/brief/", seen.party_brief, name="party_brief"),
    path("chain/add/", writing.add, name="add"),
    path("chain/parties/<uuid:under>/add/", writing.add, name="add_below"),
    path("chain/parties/<uuid:party_id>/change/", writing.change, name="change"),
    path("chain/parties/<uuid:party_id>/end/", writing.end, name="end"),
    path("chain/parties/<uuid:party_id>/remove/", writing.remove, name="remove"),
    path("chain/parties/<uuid:party_id>/merge/", writing.merge, name="merge"),
    path("chain/parties/<uuid:party_id>/match/", writing.match, name="match"),
    path("chain/parties/<uuid:party_id>/invite/", inviting.invite, name="invite"),
    path("chain/links/<uuid:line>/<slug:name>/", writing.link, name="link"),
    path("chain/import/", importing.imports, name="imports"),
    path("chain/import/<uuid:import_id>/columns/", importing.columns, name="import_columns"),
    path("chain/import/<uuid:import_id>/", importing.preview, name="import_preview"),
    path("chain/import/<uuid:import_id>/rejects.csv", importing.rejects, name="import_rejects"),
    path("chain/import/<uuid:import_id>/<slug:name>/", importing.act, name="import_act"),
    path("chain/suppliers/", inviting.suppliers, name="suppliers"),
    path("chain/suppliers/<uuid:invitation_id>/", inviting.supplier, name="supplier"),
    path("chain/suppliers/<uuid:invitation_id>/<slug:name>/", inviting.act, name="supplier_act"),
    path("part/<str:token>/", part.part, name="part"),
]
