"""Routes of risk."""

from django.urls import path, re_path

from supplychain.risk import web

app_name = "risk"
urlpatterns = [
    path("risk/", web.corridors, name="corridors"),
    re_path(
        r"^risk/corridors/(?P<origin>[A-Z]{2})-(?P<destination>[A-Z]{2})/$", web.corridor, name="corridor"
    ),
    path("risk/sectors/", web.sectors, name="sectors"),
    path("risk/sectors/<slug:code>/", web.sector, name="sector"),
    path("risk/method/", web.method, name="method"),
    path("risk/weights/", web.weights, name="weights"),
    path("risk/weights/reset/", web.reset, name="reset"),
]
