"""Addresses of this room. They stand on paper and in other people's systems: they do not change."""

from django.urls import path

from certification.register.web import pages, verifying

app_name = "register"
urlpatterns = [
    path("register/", pages.search, name="search"),
    path("register/<uuid:agency_id>/", pages.agency, name="agency"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<str:number>/", verifying.verify_number, name="verify_number"),
]
