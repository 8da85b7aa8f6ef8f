"""Addresses of the licence registers."""

from django.urls import path

from . import web

app_name = "licences"

ONE = "licences/registers/<slug:code>/"

urlpatterns = [
    path("licences/", web.public_registers, name="registers"),
    path("licences/registers/", web.desk, name="desk"),
    path(ONE, web.register_page, name="register"),
    path(f"{ONE}upload/", web.upload, name="upload"),
    path(f"{ONE}confirm/", web.confirm, name="confirm"),
    path("licences/lists/<uuid:snapshot_id>/", web.snapshot_page, name="snapshot"),
    path("licences/lists/<uuid:snapshot_id>/file/", web.snapshot_file, name="snapshot_file"),
    path("licences/entries/<uuid:entry_id>/", web.entry_page, name="entry"),
]
