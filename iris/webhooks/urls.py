"""Addresses of this room."""

from django.urls import path

from iris.webhooks import web

app_name = "webhooks"
urlpatterns = [
    path("developers/webhooks/", web.guide, name="guide"),
    path("organisation/webhooks/", web.endpoints, name="list"),
    path("organisation/webhooks/<uuid:endpoint_id>/", web.endpoint, name="endpoint"),
    path("organisation/webhooks/<uuid:endpoint_id>/change/", web.change, name="change"),
    path("organisation/webhooks/<uuid:endpoint_id>/ping/", web.ping, name="ping"),
    path("organisation/webhooks/<uuid:endpoint_id>/secret/", web.new_secret, name="new_secret"),
    path(
        "organisation/webhooks/<uuid:endpoint_id>/messages/<uuid:delivery_id>/",
        web.message,
        name="message",
    ),
    path(
        "organisation/webhooks/<uuid:endpoint_id>/messages/<uuid:delivery_id>/replay/",
        web.replay,
        name="replay",
    ),
    path("organisation/webhooks/<uuid:endpoint_id>/<slug:act>/", web.switch, name="switch"),
]
