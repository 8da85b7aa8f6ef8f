"""Routes of screenings."""

from django.urls import path, re_path

from supplychain.screenings.web import comparing, lists, proving, resolving, running

app_name = "screenings"
_ONE = r"^screenings/(?P<screening_id>[0-9a-f-]{36})/"
urlpatterns = [
    path("screenings/", lists.screenings, name="list"),
    path("screenings/<uuid:screening_id>/", running.screening, name="screening"),
    path("screenings/<uuid:screening_id>/again/", lists.again, name="again"),
    path("screenings/<uuid:screening_id>/recheck/", lists.recheck, name="recheck"),
    path("screenings/<uuid:screening_id>/columns/", lists.mapping, name="mapping"),
    re_path(_ONE + r"(?P<name>start|pause|resume|cancel)/$", running.act, name="act"),
    path("screenings/<uuid:screening_id>/resolve/", resolving.resolve, name="resolve"),
    path("screenings/<uuid:screening_id>/resolve/<int:number>/", resolving.say, name="say"),
    path("screenings/<uuid:screening_id>/rows/<int:number>/proof.json", running.proof, name="row_proof"),
    path("screenings/<uuid:screening_id>/since/<uuid:earlier_id>/", comparing.compare, name="compare"),
    re_path(
        _ONE + r"since/(?P<earlier_id>[0-9a-f-]{36})/changes\.(?P<kind>csv|xlsx)$",
        comparing.export,
        name="compare_export",
    ),
    re_path(_ONE + r"result\.(?P<kind>csv|xlsx)$", running.export, name="export"),
    path("receipts/screenings/<uuid:screening_id>/", proving.prove, name="prove"),
]
