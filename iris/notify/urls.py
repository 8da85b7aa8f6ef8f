"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from iris.notify import web

app_name = "notify"
urlpatterns = [
    path("inbox/", web.inbox, name="inbox"),
    path("inbox/read-all/", web.read_all, name="read_all"),
    path("inbox/<uuid:notice_id>/", web.open_notice, name="open"),
    path("inbox/<uuid:notice_id>/read/", web.read, name="read"),
]
