"""Addresses of this room."""

from django.urls import path

from certification.corrections.web import desk, notices, public

app_name = "corrections"
urlpatterns = [
    path("register/<uuid:agency_id>/dispute/", public.dispute, name="begin"),
    path("register/dispute/<str:code>/", public.follow, name="follow"),
    path("disputes/", desk.disputes, name="disputes"),
    path("disputes/<uuid:dispute_id>/", desk.dispute, name="dispute"),
    path("notices/", notices.notices, name="notices"),
    path("notices/new/", notices.new, name="new_notice"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
]
