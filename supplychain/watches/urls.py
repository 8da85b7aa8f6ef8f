"""Addresses of this room."""

from django.urls import path

from supplychain.watches.web import acting, reading

app_name = "watches"
urlpatterns = [
    path("watches/", reading.watches, name="list"),
    path("watches/begin/", acting.begin, name="begin"),
    path("watches/digests/", acting.digests, name="digests"),
    path("watches/<uuid:watch_id>/", reading.watch, name="watch"),
    path("watches/<uuid:watch_id>/change/", acting.change, name="change"),
    path("watches/<uuid:watch_id>/ledger.csv", reading.ledger, name="ledger"),
    path("watches/<uuid:watch_id>/runs/<uuid:entry_id>/", reading.entry, name="entry"),
    path("watches/<uuid:watch_id>/<slug:act>/", acting.do, name="do"),
]
