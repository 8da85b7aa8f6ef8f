"""Addresses of the Standard. A criterion's is stable: findings, certificates and other tools point at it."""

from django.urls import path

from . import web

app_name = "standard"
urlpatterns = [
    path("standard/", web.current, name="current"),
    path("standard/numbers/", web.numbers, name="numbers"),
    path("standard/<int:number>/", web.edition, name="edition"),
    path("standard/<int:number>/<str:code>/", web.criterion, name="criterion"),
]
