"""Routes of screenings."""

from django.urls import path, re_path

from supplychain.screenings import web

app_name = "screenings"
_ONE = r"^screenings/(?P<screening_id>[0-9a-f-]{36})/"
urlpatterns = [
    path("screenings/", web.screenings, name="list"),
    path("screenings/<uuid:screening_id>/", web.screening, name="screening"),
    path("screenings/<uuid:screening_id>/columns/", web.mapping, name="mapping"),
    re_path(_ONE + r"(?P<name>start|pause|resume|cancel)/$", web.act, name="act"),
    path("screenings/<uuid:screening_id>/rows/<int:row_id>/", web.resolve, name="resolve"),
    re_path(_ONE + r"result\.(?P<kind>csv|xlsx)$", web.export, name="export"),
]
