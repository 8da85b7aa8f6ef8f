"""Routes of the desks."""

from django.urls import path

from iris.desks import web

app_name = "desks"
urlpatterns = [
    path("", web.home, name="home"),
    path("today/", web.today, name="today"),
    path("search/", web.search, name="search"),
    path("api/", web.api_guide, name="api"),
]
