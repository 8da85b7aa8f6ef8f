"""Addresses of the Standard. A criterion's is stable: findings, certificates and other tools point at it."""

from django.urls import path

from .web import comparing, data, mappings, reading

app_name = "standard"
urlpatterns = [
    path("standard/", reading.current, name="current"),
    path("standard/numbers/", reading.numbers, name="numbers"),
    path("standard/compare/", comparing.compare, name="compare"),
    path("standard/mappings/", mappings.index, name="mappings"),
    path("standard/mappings/<slug:code>/", mappings.scheme, name="mapping"),
    path("standard/mappings/<slug:code>/sign/", mappings.sign, name="mapping_sign"),
    path("standard/mappings/<slug:code>/remaining/", mappings.remaining, name="remaining"),
    path("standard/mappings/<slug:code>/remaining.csv", mappings.remaining_csv, name="remaining_csv"),
    path("standard/<int:number>.json", data.edition, name="edition_json"),
    path("standard/<int:number>/<str:code>.json", data.criterion, name="criterion_json"),
    path("standard/<int:number>/", reading.edition, name="edition"),
    path("standard/<int:number>/<str:code>/", reading.criterion, name="criterion"),
]
