"""Addresses of the Standard. A criterion's is stable: findings, certificates and other tools point at it."""

from django.urls import path

from .web import comparing, reading

app_name = "standard"
urlpatterns = [
    path("standard/", reading.current, name="current"),
    path("standard/numbers/", reading.numbers, name="numbers"),
    path("standard/compare/", comparing.compare, name="compare"),
    path("standard/<int:number>/", reading.edition, name="edition"),
    path("standard/<int:number>/<str:code>/", reading.criterion, name="criterion"),
]
