"""Addresses of this room. They stand on paper and in other people's systems: they do not change."""

from django.urls import path

from certification.register import web

app_name = "register"
urlpatterns = [
    path("register/", web.search, name="search"),
    path("register/<uuid:agency_id>/", web.agency, name="agency"),
    path("verify/", web.verify, name="verify"),
    path("verify/<str:number>/", web.verify_number, name="verify_number"),
]
