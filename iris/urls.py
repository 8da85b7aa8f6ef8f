"""Composition of every room's pages and endpoints. Nobody imports this."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, include, path, re_path

from iris.accounts.web import session
from iris.core import health, web
from iris.core.drf.edge import mounted

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.urls")),
    path("accounts/demo/", session.demo_sign_in, name="demo_sign_in"),
    path("theme/", session.set_theme, name="set_theme"),
]
api_urlpatterns: list[URLPattern] = []

for room in settings.ROOMS:
    if find_spec(f"{room}.urls"):
        urlpatterns.append(path("", include(f"{room}.urls")))
    if find_spec(f"{room}.api"):
        api_urlpatterns += getattr(import_module(f"{room}.api"), "api_urlpatterns", [])

# Machines ask most often: their routes are tried before the rooms'.
urlpatterns.insert(0, path("api/v1/", include((mounted(api_urlpatterns), "api"))))
urlpatterns.append(re_path(r"^api/.+$", web.no_endpoint, name="no_endpoint"))

if settings.IRIS_DEMO and find_spec("iris.core.gallery"):
    gallery = import_module("iris.core.gallery")
    urlpatterns.append(path("gallery/", gallery.gallery, name="gallery"))

handler400 = web.bad_request
handler403 = web.forbidden
handler404 = web.not_found
handler500 = web.server_error
