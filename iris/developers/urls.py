"""Addresses of this room."""

from django.urls import path

from iris.developers import web

app_name = "developers"
urlpatterns = [
    path("developers/", web.landing, name="landing"),
    path("api/", web.old_home, name="old_home"),
    path("developers/errors/", web.errors, name="errors"),
    path("developers/errors/<slug:code>/", web.error, name="error"),
    path("developers/sandbox/", web.sandbox_page, name="sandbox"),
    path("developers/reference/", web.reference_page, name="reference"),
    path("developers/reference/<slug:group>/", web.reference_group, name="group"),
    path("developers/changelog/", web.changelog, name="changelog"),
    path("developers/sign-up/", web.sign_up, name="sign_up"),
    path("developers/live/", web.live, name="live"),
    path("developers/live/<uuid:request_id>/withdraw/", web.withdraw, name="withdraw"),
    path("scheme/developers/", web.requests, name="requests"),
    path("scheme/developers/<uuid:request_id>/", web.request_page, name="request"),
]
