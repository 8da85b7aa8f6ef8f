"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from iris.accounts import web

app_name = "accounts"
urlpatterns = [
    path("start/", web.start, name="start"),
    path("organisation/switch/", web.switch, name="switch"),
]
