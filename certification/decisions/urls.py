"""Addresses of this room."""

from django.urls import path

from certification.decisions import web

app_name = "decisions"
urlpatterns = [
    path("agencies/<uuid:agency_id>/bars/", web.bars, name="bars"),
]
