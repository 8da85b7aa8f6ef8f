"""Addresses of this room. Other people's programs know them: they do not change."""

from django.urls import path

from certification.opendata.web import log

app_name = "opendata"
urlpatterns = [
    path("register/log/", log.log, name="log"),
    path("register/log/<int:index>/", log.line, name="line"),
    path("register/log/head.json", log.head, name="head"),
    path("register/log/entries.json", log.entries, name="entries"),
    path("register/log/inclusion.json", log.inclusion, name="inclusion"),
    path("register/log/consistency.json", log.consistency, name="consistency"),
    path("register/log/verify_register.py", log.verifier, name="verifier"),
]
