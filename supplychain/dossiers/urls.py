"""Addresses of this room."""

from django.urls import path, re_path

from supplychain.dossiers.web import checking, keeping, pages

UUID = "[0-9a-f-]{36}"
ONE = "dossiers/<uuid:dossier_id>/"

app_name = "dossiers"
urlpatterns = [
    path("dossiers/", pages.listing, name="list"),
    path("dossiers/new/", pages.add, name="add"),
    path("dossiers/check/", checking.check, name="check"),
    path("dossiers/retention/", keeping.retention, name="retention"),
    path("dossiers/retention/holds/new/", keeping.place, name="hold_add"),
    path("dossiers/retention/holds/<uuid:hold_id>/release/", keeping.release, name="hold_release"),
    path("dossiers/laws/<slug:code>/", pages.law, name="law"),
    path(ONE, pages.dossier, name="dossier"),
    path(ONE + "edit/", pages.edit, name="edit"),
    path(ONE + "make/", pages.make, name="make"),
    path(ONE + "next/", pages.revise, name="revise"),
    path(ONE + "words/<slug:ask>/", pages.words, name="words"),
    re_path(
        rf"^dossiers/(?P<dossier_id>{UUID})/copies/(?P<copy_id>{UUID})\.(?P<kind>pdf|zip)$",
        pages.download,
        name="download",
    ),
]
