"""Addresses of this room. Other people's programs know them: they do not change."""

from django.urls import path

from certification.opendata.web import files, log

app_name = "opendata"
urlpatterns = [
    path("open-data/", files.open_data, name="open_data"),
    path("open-data/index.json", files.index, name="index"),
    path("open-data/<slug:folder>/<str:name>", files.file, name="file"),
    path("register/log/", log.log, name="log"),
    path("register/log/<int:index>/", log.line, name="line"),
    path("register/log/head.json", log.head, name="head"),
    path("register/log/entries.json", log.entries, name="entries"),
    path("register/log/inclusion.json", log.inclusion, name="inclusion"),
    path("register/log/consistency.json", log.consistency, name="consistency"),
    path("register/log/verify_register.py", log.verifier, name="verifier"),
]
