"""Routes of the chain."""

from django.urls import path

from supplychain.chains.web import map as seen
from supplychain.chains.web import parties

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
]
